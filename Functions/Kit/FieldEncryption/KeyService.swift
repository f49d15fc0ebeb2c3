import BSON
import Cryptography
public import JSON
import Primitives

/// A key management service that wraps data keys in the place of a local master key: the secret `kms`.
public struct KeyService: Equatable, Sendable {
    /// The provider's name in MongoDB's specification.
    let provider: String
    /// What it takes to use the service.
    let credentials: Document
    /// Which of its keys wraps data keys.
    let masterKey: Document
    /// Files for TLS, where the provider needs a certificate of ours.
    let tls: Document

    /// Names the master key and tells nothing of the credentials.
    var fingerprint: String {
        let named: Document = ["provider": .string(provider), "masterKey": .document(masterKey)]
        return Hex.encode(SHA256.hash(named.bytes).prefix(8))
    }
}

extension KeyService: JSONObjectReadable {
    /// Reads `provider` (`aws`, `azure`, `gcp` or `kmip`) and the settings that it has; throws for any other, or where
    /// one is missing.
    public init(members: inout JSONMembers) throws(JSONError) {
        provider = try members.required("provider")
        guard let settings = KeyServiceSettings.all[provider] else {
            throw JSONError("must be aws, azure, gcp or kmip").inside("provider")
        }
        credentials = try settings.credentials.document(&members)
        masterKey = try settings.masterKey.document(&members)
        tls = try settings.tls.document(&members)
    }
}

/// The settings of each provider, named as in MongoDB's specification.
struct KeyServiceSettings {
    /// Names, and what each must look like.
    struct Fields {
        var required: [String] = []
        var optional: [String] = []

        func document(_ members: inout JSONMembers) throws(JSONError) -> Document {
            var document: Document = [:]
            for name in required { document.append(name, .string(try Self.checked(members.required(name), name))) }
            for name in optional {
                guard let value = try members.optional(name, as: String.self) else { continue }
                document.append(name, .string(try Self.checked(value, name)))
            }
            return document
        }

        private static func checked(_ value: String, _ name: String) throws(JSONError) -> String {
            guard !value.isEmpty, value.utf8.count <= 8192, value.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
                throw JSONError("must be printable ASCII on one line").inside(name)
            }
            guard !name.hasSuffix("File") || value.hasPrefix("/") else {
                throw JSONError("must be a file's absolute path").inside(name)
            }
            return value
        }
    }

    let credentials: Fields
    let masterKey: Fields
    var tls = Fields()

    static let all: [String: KeyServiceSettings] = [
        "aws": KeyServiceSettings(
            credentials: Fields(required: ["accessKeyId", "secretAccessKey"], optional: ["sessionToken"]),
            masterKey: Fields(required: ["region", "key"], optional: ["endpoint"])),
        "azure": KeyServiceSettings(
            credentials: Fields(
                required: ["tenantId", "clientId", "clientSecret"], optional: ["identityPlatformEndpoint"]),
            masterKey: Fields(required: ["keyVaultEndpoint", "keyName"], optional: ["keyVersion"])),
        "gcp": KeyServiceSettings(
            credentials: Fields(required: ["email", "privateKey"]),
            masterKey: Fields(
                required: ["projectId", "location", "keyRing", "keyName"], optional: ["keyVersion", "endpoint"])),
        // Without a key's id the driver would make a managed object for each data key.
        "kmip": KeyServiceSettings(
            credentials: Fields(required: ["endpoint"]), masterKey: Fields(required: ["keyId"]),
            tls: Fields(required: ["tlsCertificateKeyFile"], optional: ["tlsCAFile"])),
    ]
}
