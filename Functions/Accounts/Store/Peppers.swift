import AccountsDomain
import Cryptography
import Primitives
import Secrets

/// The keys that stand outside the database and go into every password hash and recovery code.
struct Peppers {
    /// The one for new credentials.
    let current: Pepper
    /// The one before, while a rotation lasts.
    let previous: Pepper?

    init(_ secrets: SecretDirectory) throws(SecretError) {
        current = Pepper(key: try secrets.readText("pepper"))
        previous = try secrets.readTextIfPresent("pepper-previous").map(Pepper.init(key:))
    }

    /// The pepper of that id; `nil` where neither is.
    subscript(id: String) -> Pepper? {
        [current, previous].compactMap { $0 }.first { $0.id == id }
    }
}

/// One pepper; its id is a fingerprint that tells nothing of it.
struct Pepper {
    let id: String
    private let key: [UInt8]

    init(key: [UInt8]) {
        self.key = key
        id = Hex.encode(HMAC.sha256(key: key, Array("pepper".utf8)).prefix(8))
    }

    /// What is hashed in the password's place: an HMAC over the account's id and the password.
    func seasoned(_ password: [UInt8], of account: UniqueID) -> [UInt8] {
        HMAC.sha256(key: key, account.bytes + password)
    }

    /// What is stored of a recovery code.
    func digest(of code: RecoveryCode, of account: UniqueID) -> [UInt8] {
        HMAC.sha256(key: key, Array("recovery-code:".utf8) + account.bytes + Array(code.text.utf8))
    }
}
