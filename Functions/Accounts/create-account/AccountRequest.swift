import AccountsDomain
import AccountsIssuing
import JSON

/// What is asked of `create-account`.
struct AccountRequest: JSONObjectReadable {
    let login: Login
    let email: String?

    init(members: inout JSONMembers) throws(JSONError) {
        login = try members.required("login")
        email = try members.optional("email", as: EmailAddress.self)?.text
        _ = try members.optional("handout", as: Handout.self)
    }
}

/// How the credentials reach their owner.
enum Handout: JSONReadable {
    case inline

    init(json: JSONValue) throws(JSONError) {
        guard try String(json: json) == "inline" else { throw JSONError("must be inline") }
        self = .inline
    }
}
