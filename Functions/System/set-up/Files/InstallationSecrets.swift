import Cryptography
import FieldEncryption
import Installation
import Platform
import Primitives
import Runtime
import Secrets

/// The secrets that every installation has, one file each.
struct InstallationSecrets {
    private let directory: SecretDirectory
    private let path: String

    init(path: String) {
        self.path = path
        directory = SecretDirectory(path: path)
    }

    /// Makes those that are missing, each once and for all, and checks those that are there; gives how many were made.
    func complete(random: some RandomSource) throws(Failure) -> Int {
        do {
            var made = 0
            for name in Self.names where try directory.readIfPresent(name) == nil {
                _ = try directory.readOrMake(name) { Self.content(of: name, random) }
                made += 1
            }
            try check()
            return made
        } catch let error as SecretError {
            throw .misconfigured("In \(path), \(error).")
        } catch let error as Failure {
            throw error
        } catch {
            throw .misconfigured("The secrets in \(path) cannot be read.")
        }
    }

    /// What data keys are wrapped with: the master key, the one before while a rotation lasts, a key service.
    func masterKeys() throws(Failure) -> MasterKeys {
        do {
            return try MasterKeys.read(in: directory)
        } catch {
            throw .misconfigured(error.sentence)
        }
    }

    /// Tells the functions where the database is; the only secret that may change from start to start.
    func setDatabase(uri: String) throws(Failure) {
        let present = (try? directory.readTextIfPresent("mongodb-uri")) ?? nil
        if present == Array(uri.utf8) { return }
        do {
            try PrivateFile(path: path + "/mongodb-uri").replace(with: Array(uri.utf8))
        } catch {
            throw .misconfigured("The secret mongodb-uri cannot be written in \(path) (\(error)).")
        }
    }

    private static let masterKeyLength = 96
    private static let keyLength = 32
    private static let keys = ["pepper", "audit-key", "internal-key"]
    private static let names =
        ["master-key"] + keys + ["webhook-key", "token-key", "basic-auth-user", "basic-auth-password"]

    private static func content(of name: String, _ random: some RandomSource) -> [UInt8] {
        switch name {
        case "master-key": Array(Base64.standard.encode(random.bytes(masterKeyLength)).utf8)
        case "token-key": Ed25519.PrivateKey.generate().pem
        case "basic-auth-user": Array("admin".utf8)
        case "basic-auth-password": Array(Base64.url.encode(random.bytes(keyLength)).utf8)
        default: Array(Base64.standard.encode(random.bytes(keyLength)).utf8)
        }
    }

    private func check() throws(Failure) {
        _ = try masterKeys()
        for name in Self.keys where try text(name).count < Self.keyLength {
            throw .misconfigured("The secret \(name) in \(path) is too short to be a key: put the right one back.")
        }
        guard (try? Ed25519.PrivateKey(pem: text("token-key"))) != nil else {
            throw .misconfigured("The secret token-key in \(path) is no Ed25519 key in PEM: put the right one back.")
        }
    }

    private func text(_ name: String) throws(Failure) -> [UInt8] {
        do {
            return try directory.readText(name)
        } catch {
            throw .misconfigured("In \(path), \(error).")
        }
    }
}
