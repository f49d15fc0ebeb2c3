import BSON
public import Primitives
public import Tokens

/// A single-use link to credentials, as whoever passes it on gets it.
public struct IssuedHandout: Sendable {
    /// The token that claims it.
    public let token: OpaqueToken
    /// When it lapses.
    public let expiresAt: Timestamp

    init(at now: Timestamp, life: Duration, random: some RandomSource) {
        token = OpaqueToken(random: random)
        expiresAt = now.adding(life)
    }
}

/// A hand-out as it is stored: by the digest of its token, kept for 90 days after its end.
public struct Handout: Sendable {
    /// What a hand-out is for.
    public enum Purpose: String, Sendable {
        /// Credentials for whoever was given the link.
        case claim
        /// New credentials for an owner who lost his password and shows a second factor.
        case recovery
    }

    /// Where a hand-out stands.
    public enum State: String, Sendable {
        case open
        case claimed
        case revoked
        case lapsed
    }

    static let keptFor: Duration = .seconds(90 * 86_400)

    /// Whose credentials it gives.
    public let accountID: UniqueID
    /// What it is for.
    public let purpose: Purpose
    /// The version of the credentials that it replaces.
    public let credentialVersion: Int64
    /// When it was minted.
    public let createdAt: Timestamp
    /// When it lapses unclaimed.
    public let expiresAt: Timestamp
    /// When it was claimed.
    public let claimedAt: Timestamp?
    /// When it was made void.
    public let revokedAt: Timestamp?
    let digest: [UInt8]

    /// Where it stands at `now`.
    public func state(at now: Timestamp) -> State {
        if claimedAt != nil { return .claimed }
        if revokedAt != nil { return .revoked }
        return now >= expiresAt ? .lapsed : .open
    }
}

extension Handout {
    init?(_ document: Document) {
        guard let digest = document["_id"]?.binary, let accountID = document["accountId"]?.id,
            let purpose = document["purpose"]?.string.flatMap(Purpose.init(rawValue:)),
            let version = document["credentialVersion"]?.integer, let createdAt = document["createdAt"]?.date,
            let expiresAt = document["lapsesAt"]?.date
        else { return nil }
        self.digest = digest
        self.accountID = accountID
        self.purpose = purpose
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        credentialVersion = version
        claimedAt = document["claimedAt"]?.date
        revokedAt = document["revokedAt"]?.date
    }

    /// The filter that finds a hand-out while it can be claimed.
    static func open(_ token: OpaqueToken, at now: Timestamp) -> Document {
        [
            "_id": .bytes(token.digest), "claimedAt": .null, "revokedAt": .null, "lapsesAt": ["$gt": .date(now)],
        ]
    }
}
