public import MongoDB
public import Primitives
import Tokens

/// Whoever shows a valid access token, before it is known whether his session lasts.
public struct Bearer {
    let claims: AccessTokenClaims
    /// What finds his session.
    public let session: Lookup

    /// The account that the token was given to.
    public var accountID: UniqueID { claims.subject }
}
