import Foundation
import JSON
import Testing

@Suite(.serialized) struct AuditKeyTests {
    @Test func `events verify after the audit key was rotated twice, and not without its former keys`() throws {
        let settings = ["PUBLIC_URL": "http://accounts.test"]
        var installation = try Installation(settings)
        defer { installation.remove() }
        defer { installation.stop() }
        var admin = try Admin.appoint(at: installation)
        try admin.logIn()
        for number in 1...2 {
            installation.stop()
            try rotate(in: installation.folder + "/data/secrets", filling: UInt8(number))
            installation = try Installation(over: installation, settings)
            try becomesWhole(installation, admin)
        }
        installation.stop()
        try FileManager.default.removeItem(atPath: installation.folder + "/data/secrets/audit-key-previous")
        installation = try Installation(over: installation, settings)
        let verdict = try verify(installation, admin)
        #expect(verdict["ok"] == .bool(false))
        #expect(verdict["fault"]["seq"].integer == 1)
    }

    /// As the operators' manual says.
    private func rotate(in secrets: String, filling byte: UInt8) throws {
        let (present, former) = (secrets + "/audit-key", secrets + "/audit-key-previous")
        let before = (try? String(contentsOfFile: former, encoding: .utf8)) ?? ""
        let key = try String(contentsOfFile: present, encoding: .utf8)
        try (before + key.trimmingCharacters(in: .newlines) + "\n").write(
            toFile: former, atomically: false, encoding: .utf8)
        try Data(repeating: byte, count: 32).base64EncodedString().write(
            toFile: present, atomically: false, encoding: .utf8)
        for path in [present, former] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
    }

    private func verify(_ installation: Installation, _ admin: Person) throws -> JSONValue {
        try installation.client.send("GET", "/function/read-audit/verify", admin.bearer).json
    }

    /// An event of this start, under the new key, is sealed among the others.
    private func becomesWhole(_ installation: Installation, _ admin: Person) throws {
        _ = try Person.register(at: installation)
        let isWhole = Patience.until {
            guard let verdict = try? verify(installation, admin) else { return false }
            return verdict["ok"] == .bool(true) && verdict["unsealed"].integer == 0
        }
        let verdict = try verify(installation, admin)
        #expect(isWhole, "\(verdict)")
    }
}
