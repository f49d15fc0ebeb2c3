import AccountsDomain
import AccountsIssuing
import JSON

/// What is asked of `create-account`.
struct AccountRequest: JSONObjectReadable {
    let login: Login
    let email: String?
    let handout: HandoutForm

    init(members: inout JSONMembers) throws(JSONError) {
        login = try members.required("login")
        email = try members.optional("email", as: EmailAddress.self)?.text
        handout = try members.optional("handout") ?? .inline
    }
}

/// How the credentials reach their owner.
enum HandoutForm: String, JSONReadable {
    /// In the answer.
    case inline
    /// By a single-use link.
    case link

    init(json: JSONValue) throws(JSONError) {
        guard let form = HandoutForm(rawValue: try String(json: json)) else {
            throw JSONError("must be inline or link")
        }
        self = form
    }
}
