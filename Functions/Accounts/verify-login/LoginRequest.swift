import AccountsDomain
import AccountsIssuing
import AccountsStore
import JSON
import Tokens

/// What is asked of `verify-login`.
struct LoginRequest: JSONObjectReadable {
    let login: Login
    let password: String
    let factor: SecondFactor
    let device: OpaqueToken?

    init(members: inout JSONMembers) throws(JSONError) {
        login = try members.required("login")
        password = try members.required("password")
        factor = try SecondFactor(members: &members)
        device = try members.optional("deviceToken")
    }
}
