public import AccountsStore
public import JSON
import Primitives
public import Runtime
import Tokens

extension IssuedRenewal {
    /// The members that tell its holder of it.
    public var members: [(String, JSONValue)] {
        [("renewalToken", .string(token.text)), ("renewalExpiresAt", .string(expiresAt.description))]
    }
}

extension FunctionFailure {
    /// 403: the proof was right, but these credentials allow nothing but their renewal.
    public static func credentialsExpired(_ renewal: IssuedRenewal) -> FunctionFailure {
        var failure = FunctionFailure(
            403, "credentials-expired", title: "Credentials expired",
            detail: "These credentials have ended; use the renewal token to get new ones.",
            headers: ["pragma": "no-cache", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff"])
        failure.members = JSONObject(renewal.members)
        return failure
    }

    /// 410, the same for a renewal token that is unknown, has lapsed or has ended.
    public static let renewalSpent = FunctionFailure(
        410, "renewal-spent", title: "Renewal spent",
        detail: "This renewal token is not valid, or not any more; log in to get another.")
}

extension FunctionFailure {
    /// 410, the same for a hand-out that is unknown, has lapsed or was spent.
    public static let handoutSpent = FunctionFailure(
        410, "handout-spent", title: "Hand-out spent",
        detail: "This link is not valid, or not any more; ask for another.")
}
