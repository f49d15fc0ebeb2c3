public import FieldEncryption
import JSON
import Primitives
public import Runtime
public import Secrets

extension MasterKeys {
    /// Reads `master-key` and, where it is there, `master-key-previous`: 96 bytes each, kept as base64; and `kms`, JSON
    /// that names a key service in their place.
    public static func read(in secrets: SecretDirectory) throws(SetUpFailure) -> MasterKeys {
        do {
            let previous = try secrets.readTextIfPresent("master-key-previous")
            return try MasterKeys(
                current: decode(secrets.readText("master-key"), "master-key"),
                previous: previous.map { text throws(SetUpFailure) in try decode(text, "master-key-previous") },
                service: secrets.readIfPresent("kms").map(service))
        } catch let failure as SetUpFailure {
            throw failure
        } catch {
            throw .configuration("The master key cannot be read: \(error).")
        }
    }

    private static func service(_ text: [UInt8]) throws(SetUpFailure) -> KeyService {
        do {
            return try KeyService(json: JSONValue(parsing: text))
        } catch {
            throw .configuration(
                "The secret kms describes no key service: \(error.pointer.isEmpty ? "it" : error.pointer) "
                    + "\(error.detail).")
        }
    }

    private static func decode(_ text: [UInt8], _ name: String) throws(SetUpFailure) -> [UInt8] {
        guard let key = Base64.standard.decode(String(decoding: text, as: UTF8.self)), key.count == length else {
            throw .configuration("The secret \(name) is not \(length) bytes in base64; restore it from a backup.")
        }
        return key
    }
}
