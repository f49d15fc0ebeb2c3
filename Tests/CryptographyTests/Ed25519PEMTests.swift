import Cryptography
import Foundation
import Testing

@Suite struct Ed25519PEMTests {
    /// RFC 8410, section 10.3; its public key is that of section 10.1.
    static let published = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """

    @Test func `the key of RFC 8410 is read, and written as it was`() throws {
        let key = try Ed25519.PrivateKey(pem: text(Self.published))
        #expect(Data(key.publicKey).base64EncodedString() == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
        #expect(String(decoding: key.pem, as: UTF8.self) == Self.published)
    }

    @Test func `a key written and read again signs alike`() throws {
        let key = Ed25519.PrivateKey.generate()
        let again = try Ed25519.PrivateKey(pem: key.pem)
        #expect(again.publicKey == key.publicKey)
        #expect(again.sign(text("x")) == key.sign(text("x")))
    }

    @Test func `the openssl command reads our keys and checks our signatures`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = Ed25519.PrivateKey.generate()
        try Data(key.pem).write(to: folder.appending(path: "key"))
        try Data(text("message")).write(to: folder.appending(path: "message"))
        try Data(key.sign(text("message"))).write(to: folder.appending(path: "signature"))
        let status = try run(
            ["openssl", "pkeyutl", "-verify", "-rawin", "-inkey", "key", "-in", "message", "-sigfile", "signature"],
            in: folder)
        #expect(status == 0)
    }

    @Test(arguments: [
        ["openssl", "genpkey", "-algorithm", "X25519", "-out", "key"],
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key"],
    ])
    func `a sound key of another kind is refused as that`(command: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run(command, in: folder) == 0)
        let pem = try Data(contentsOf: folder.appending(path: "key"))
        #expect(throws: CryptographyError.wrongKeyType) { try Ed25519.PrivateKey(pem: Array(pem)) }
    }

    @Test func `a key under a passphrase is refused without asking for one`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let command = ["openssl", "genpkey", "-algorithm", "ED25519", "-aes256", "-pass", "pass:x", "-out", "key"]
        #expect(try run(command, in: folder) == 0)
        let pem = try Data(contentsOf: folder.appending(path: "key"))
        #expect(throws: CryptographyError.self) { try Ed25519.PrivateKey(pem: Array(pem)) }
    }

    @Test(arguments: [
        "", "\n", "key", "-----BEGIN PRIVATE KEY-----", published.replacingOccurrences(of: "MC4C", with: "MC4D"),
        published.replacingOccurrences(of: "PRIVATE", with: "PUBLIC"), String(published.dropLast(30)),
        published.replacingOccurrences(of: "hC\n", with: "\n"), String(repeating: "x", count: 16_385),
        String(repeating: "\0", count: 100),
    ])
    func `what is no key is refused, and the refusal says nothing of it`(pem: String) {
        let error = #expect(throws: CryptographyError.self) { try Ed25519.PrivateKey(pem: text(pem)) }
        #expect(error?.description.contains("MC4") == false)
        #expect(Ed25519.verify([], of: [], publicKey: []) == false)
    }

    private func run(_ command: [String], in folder: URL) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
