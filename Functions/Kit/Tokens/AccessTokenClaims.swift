public import Primitives

/// What an access token says (RFC 9068, section 2.2); times are whole seconds.
public struct AccessTokenClaims: Equatable, Sendable {
    /// `iss`: the installation's public URL.
    public var issuer: String
    /// `sub`: the account.
    public var subject: UniqueID
    /// `aud`: who the token is for.
    public var audience: String
    /// `client_id`: who asked for it.
    public var clientID: String
    /// `exp`: the end of the token.
    public var expiresAt: Timestamp
    /// `nbf`: its beginning.
    public var notBefore: Timestamp
    /// `iat`: when it was made.
    public var issuedAt: Timestamp
    /// `jti`: the token itself.
    public var tokenID: UniqueID
    /// `sid`: the session that it is bound to.
    public var sessionID: UniqueID
    /// `auth_time`: when the owner last proved himself.
    public var authenticatedAt: Timestamp
    /// `amr`: how, in the words of RFC 8176 (`pwd`, `otp`, `mfa`).
    public var methods: [String]
    /// `acr`: how strong that is.
    public var strength: String
    /// `roles`: what the account was allowed at the time; the session in the database is what counts.
    public var roles: [String]

    /// The claims for `subject`, with `notBefore` at the time of issue.
    public init(
        issuer: String, subject: UniqueID, audience: String, clientID: String, issuedAt: Timestamp,
        expiresAt: Timestamp, tokenID: UniqueID, sessionID: UniqueID, authenticatedAt: Timestamp,
        methods: [String], strength: String, roles: [String]
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.clientID = clientID
        self.expiresAt = expiresAt
        self.notBefore = issuedAt
        self.issuedAt = issuedAt
        self.tokenID = tokenID
        self.sessionID = sessionID
        self.authenticatedAt = authenticatedAt
        self.methods = methods
        self.strength = strength
        self.roles = roles
    }
}
