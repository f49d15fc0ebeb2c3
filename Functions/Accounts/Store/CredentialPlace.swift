import BSON
import FieldEncryption
import Primitives

/// Where an account's secrets are stored: what their ciphertexts are bound to.
struct CredentialPlace {
    let password: FieldPlace
    let totp: FieldPlace

    init(account: UniqueID, version: Int64) {
        password = FieldPlace(owner: account, document: .id(account), field: "credentials.password", version: version)
        totp = FieldPlace(owner: account, document: .id(account), field: "credentials.totp", version: version)
    }

    /// The e-mail address's place.
    static func email(of account: UniqueID) -> FieldPlace {
        FieldPlace(owner: account, document: .id(account), field: "email")
    }
}

/// A stored set of credentials, decrypted.
struct OpenedCredentials {
    let passwordHash: String
    let totpSecret: [UInt8]
}

/// A password hashed anew, because pepper or parameters have changed since.
public struct RaisedPassword: Sendable {
    let sealed: BSONValue
    let pepperID: String
}
