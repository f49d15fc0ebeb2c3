import Primitives
import Runtime
import Secrets

/// The key that wraps every data key: 96 bytes, kept as base64.
enum MasterKey {
    static func read(_ name: String, in secrets: SecretDirectory) throws -> [UInt8] {
        try decode(secrets.readText(name), name)
    }

    static func readIfPresent(_ name: String, in secrets: SecretDirectory) throws -> [UInt8]? {
        guard let text = try secrets.readTextIfPresent(name) else { return nil }
        return try decode(text, name)
    }

    private static func decode(_ text: [UInt8], _ name: String) throws(SetUpFailure) -> [UInt8] {
        guard let key = Base64.standard.decode(String(decoding: text, as: UTF8.self)), key.count == 96 else {
            throw .configuration("The secret \(name) is not 96 bytes in base64; restore it from a backup.")
        }
        return key
    }
}
