import Foundation
import Testing

@Suite(.serialized) struct SecretTests {
    private static let names = [
        "master-key", "pepper", "token-key", "audit-key", "internal-key", "webhook-key", "basic-auth-user",
        "basic-auth-password",
    ]

    @Test func `secrets are made once, for their owner alone`() throws {
        let site = try Site()
        #expect(try site.start("prepare").end() == 0)
        let first = try Self.names.map { try site.read("data/secrets/" + $0) }
        #expect(Set(first).count == Self.names.count)
        #expect(try site.mode("data/secrets") == 0o700)
        for name in Self.names + ["mongodb-uri"] { #expect(try site.mode("data/secrets/" + name) == 0o600) }
        #expect(try site.mode("data/mongodb/keyfile") == 0o400)
        #expect(try site.mode("data/mongodb/password-administrator") == 0o600)
        let second = try site.start("prepare")
        #expect(try second.end() == 0)
        #expect(second.said.contains("Secrets … found"))
        #expect(try Self.names.map { try site.read("data/secrets/" + $0) } == first)
    }

    @Test func `the master key is 96 bytes in base64, the others have 32`() throws {
        let site = try Site()
        #expect(try site.start("prepare").end() == 0)
        #expect(Data(base64Encoded: try site.read("data/secrets/master-key"))?.count == 96)
        for name in ["pepper", "audit-key", "internal-key"] {
            #expect(Data(base64Encoded: try site.read("data/secrets/" + name))?.count == 32)
        }
        #expect(try site.read("data/secrets/token-key").hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try site.read("data/secrets/basic-auth-password").utf8.count == 43)
    }

    @Test func `two installations share no secret`() throws {
        let (one, other) = (try Site(), try Site())
        #expect(try one.start("prepare").end() == 0)
        #expect(try other.start("prepare").end() == 0)
        for name in Self.names where name != "basic-auth-user" {
            #expect(try one.read("data/secrets/" + name) != other.read("data/secrets/" + name))
        }
    }

    @Test(arguments: [
        ("master-key", "QUJD"), ("master-key", "not base64"), ("pepper", "short"), ("token-key", "no key"),
        ("audit-key", ""),
    ])
    func `a damaged secret is named before anything is started`(name: String, content: String) throws {
        let site = try Site()
        let folder = site.secrets
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try site.write("data/secrets/" + name, content, mode: 0o600)
        let run = try site.start("serve")
        #expect(try run.end() == 78)
        #expect(run.said.contains(name))
        #expect(!site.exists("data/mongodb"))
        #expect(try site.read("data/secrets/" + name) == content)
    }

    @Test func `another master key than the data's is refused, and nothing runs on`() throws {
        let site = try Site()
        #expect(try site.start("prepare").end() == 0)
        let right = try site.read("data/secrets/master-key")
        let wrong = Data(repeating: 7, count: 96).base64EncodedString()
        try site.write("data/secrets/master-key", wrong, mode: 0o600)
        let run = try site.start("serve")
        #expect(try run.end() == 78)
        #expect(run.said.contains("master-key in \(site.secrets) is not the one"))
        #expect(!site.exists("data/gateway-environment.txt"))
        #expect(site.processes.isEmpty)
        try site.write("data/secrets/master-key", right, mode: 0o600)
        #expect(try site.start("prepare").end() == 0)
    }
}
