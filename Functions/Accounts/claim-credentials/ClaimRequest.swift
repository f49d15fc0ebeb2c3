import AccountsIssuing
import AccountsStore
import JSON
import Tokens

/// What is asked of `claim-credentials`.
struct ClaimRequest: JSONObjectReadable {
    let token: OpaqueToken
    let factor: SecondFactor?

    init(members: inout JSONMembers) throws(JSONError) {
        token = try members.required("token")
        let hasFactor = members.contains("totp") || members.contains("recoveryCode")
        factor = hasFactor ? try SecondFactor(members: &members) : nil
    }
}
