import AccountsDomain
import AccountsIssuing
import AccountsStore
import JSON

/// What an owner changes, with the proof that he is the owner.
struct ChangeRequest: JSONObjectReadable {
    let change: AccountChange
    let proof: Proof

    init(members: inout JSONMembers) throws(JSONError) {
        let login = try members.optional("login", as: Login.self)
        change = AccountChange(login: login, email: try members.optional("email", as: EmailMember.self)?.change)
        proof = try Proof(members: &members)
    }
}

/// The proof that an erasure asks for.
struct EraseRequest: JSONObjectReadable {
    let proof: Proof

    init(members: inout JSONMembers) throws(JSONError) {
        proof = try Proof(members: &members)
    }
}

/// An e-mail address, or `null` to remove it.
private struct EmailMember: JSONReadable {
    let change: AccountChange.Email

    init(json: JSONValue) throws(JSONError) {
        change = json == .null ? .removed : .set(try EmailAddress(json: json))
    }
}

extension Proof {
    fileprivate init(members: inout JSONMembers) throws(JSONError) {
        self.init(password: try members.required("password"), factor: try SecondFactor(members: &members))
    }
}
