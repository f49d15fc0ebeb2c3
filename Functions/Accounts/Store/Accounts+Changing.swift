public import AccountsDomain
import Audit
import BSON
import FieldEncryption
import Installation
import MongoDB
import Primitives
public import Runtime

/// What an owner changes about his account.
public struct AccountChange: Sendable {
    /// What becomes of the e-mail address.
    public enum Email: Equatable, Sendable {
        case set(EmailAddress)
        case removed
    }

    /// The new login; `nil` to keep it.
    public let login: Login?
    /// The new e-mail address; `nil` to keep what is there.
    public let email: Email?

    /// Describes a change.
    public init(login: Login?, email: Email?) {
        self.login = login
        self.email = email
    }
}

extension Accounts {
    /// Changes login and address, using the owner's proof up; throws `.loginTaken`, and `.overtaken` as `logIn` does.
    public func apply(_ change: AccountChange, _ proven: ProvenLogin, _ context: Context) throws {
        let update = try document(of: change, proven.account)
        do {
            try using(proven, [event(.accountChanged, on: proven.account, context)], context) {
                (session) throws(MongoError) in
                guard update != [:] else { return }
                try accounts.update(["_id": .id(proven.account.id)], update, session: session)
            }
        } catch AccountsError.store(.duplicateKey) {
            throw AccountsError.loginTaken
        }
    }

    private func document(of change: AccountChange, _ account: Account) throws -> Document {
        var set: Document = [:]
        var unset: Document = [:]
        if let login = change.login {
            set.append("login", .string(login.text))
            set.append("loginFolded", .string(login.folded))
        }
        switch change.email {
        case .set(let address):
            let place = CredentialPlace.email(of: account.id)
            let sealed = try installation.encryption.encrypt(.string(address.text), at: place, key: account.keyID)
            set.append("email", sealed)
        case .removed: unset.append("email", true)
        case nil: break
        }
        var update: Document = [:]
        if set != [:] { update.append("$set", .document(set)) }
        if unset != [:] { update.append("$unset", .document(unset)) }
        return update
    }
}
