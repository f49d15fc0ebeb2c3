import AccountsDomain
public import AccountsStore
public import BSON
import Installation
import MongoDB
import Primitives
public import Runtime
import Tokens
import Wire

/// Says who is calling, and gives tokens to those who have logged in.
public struct Access {
    let accounts: Accounts
    private let keys: AccessKeys
    private let tokens: KnownTokens

    /// Reads the keys of access tokens.
    public init(_ accounts: Accounts) throws(SetUpFailure) {
        self.accounts = accounts
        keys = try AccessKeys(accounts.installation)
        tokens = KnownTokens(keys.verifier)
    }

    /// The keys that others check tokens with (RFC 7517), as JSON.
    public var publishedKeys: [UInt8] {
        JSONWebKey.set(keys.published)
    }

    /// The bearer of the request's access token; throws 401 without a valid one whose session lasts.
    public func caller(_ request: Request, _ context: Context) throws -> Caller {
        try caller(bearer(request, context), context)
    }

    /// The bearer as the caller; throws 401 unless his session lasts.
    public func caller(_ bearer: Bearer, _ context: Context) throws -> Caller {
        try caller(bearer, accounts.session(bearer.claims.sessionID, at: context.now))
    }

    /// What the request's access token says of its bearer; throws 401 without a valid one. Whether his session lasts is
    /// still to be seen.
    public func bearer(_ request: Request, _ context: Context) throws -> Bearer {
        guard let token = Self.bearerToken(request), let claims = try? tokens.verify(token, at: context.now) else {
            throw FunctionFailure.unauthorized
        }
        return Bearer(claims: claims, session: accounts.sessionLookup(claims.sessionID))
    }

    /// The bearer as the caller, by what was found for his session; throws 401 unless that lasts.
    public func caller(_ bearer: Bearer, found: Document?, _ context: Context) throws -> Caller {
        try caller(bearer, accounts.session(found, at: context.now))
    }

    private func caller(_ bearer: Bearer, _ session: Session?) throws -> Caller {
        guard let session, session.accountID == bearer.claims.subject else { throw FunctionFailure.unauthorized }
        return Caller(session: session, authenticatedAt: bearer.claims.authenticatedAt)
    }

    /// An access token for a session that was just opened with both factors.
    public func token(for session: Session, recoveryCode: Bool, _ context: Context) -> String {
        keys.signer.sign(
            AccessTokenClaims(
                issuer: accounts.installation.publicURL, subject: session.accountID, audience: AccessKeys.audience,
                clientID: AccessKeys.audience, issuedAt: session.createdAt, expiresAt: session.expiresAt,
                tokenID: UniqueID(at: context.now, random: context.random), sessionID: session.id,
                authenticatedAt: session.createdAt, methods: recoveryCode ? ["pwd", "mfa"] : ["pwd", "otp", "mfa"],
                strength: "urn:passerelle:acr:two-factors", roles: session.roles.map(\.rawValue)))
    }

    private static func bearerToken(_ request: Request) -> String? {
        let parts = (request.invocation.header("authorization") ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
