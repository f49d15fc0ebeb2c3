import AccountsIssuing
import AccountsStore
import JSON
import Tokens

/// What is asked of `rotate-credentials`.
enum RotationRequest: JSONObjectReadable {
    /// New credentials for the holder of a renewal token.
    case renew(OpaqueToken)
    /// A renewal token for the owner, who proves himself once more.
    case prove(password: String, SecondFactor)

    init(members: inout JSONMembers) throws(JSONError) {
        if let token = try members.optional("renewalToken", as: OpaqueToken.self) {
            self = .renew(token)
        } else {
            self = .prove(password: try members.required("password"), try SecondFactor(members: &members))
        }
    }
}
