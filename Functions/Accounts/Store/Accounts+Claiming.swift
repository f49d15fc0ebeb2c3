import AccountsDomain
import Audit
import BSON
import MongoDB
public import Primitives
public import Runtime
public import Tokens

/// What came of claiming a hand-out.
public enum ClaimOutcome {
    /// The new credentials, to be answered once.
    case claimed(RenewedAccount)
    /// The token is unknown, has lapsed or was spent; where it was claimed before, `replayed` names the account.
    case spent(replayed: UniqueID?)
    /// The hand-out asks for a second factor, and what came was not a right one.
    case refused
    /// Too many tries; another makes sense after so many seconds.
    case throttled(retryAfter: Int64)
}

extension Accounts {
    /// Makes credentials for whoever holds the token, at most once: the claim is one conditional update, in the
    /// transaction that stores them.
    public func claim(_ token: OpaqueToken, _ factor: SecondFactor?, _ context: Context) throws -> ClaimOutcome {
        guard let (handout, account) = try claimable(token, context) else {
            return .spent(replayed: try tellReplay(of: token, context))
        }
        var proven: ProvenLogin?
        if handout.purpose == .recovery {
            switch try checkFactor(factor, of: account, context) {
            case .refused: return .refused
            case .throttled(let seconds): return .throttled(retryAfter: seconds)
            case .proven(let proof): proven = proof
            }
        }
        do {
            return .claimed(try redeem(token, account, proven, context))
        } catch AccountsError.overtaken {
            return .spent(replayed: try tellReplay(of: token, context))
        }
    }

    private func claimable(
        _ token: OpaqueToken, _ context: Context
    ) throws(MongoError) -> (handout: Handout, account: Account)? {
        guard let handout = try handouts.findOne(Handout.open(token, at: context.now)).flatMap(Handout.init),
            let account = try account(handout.accountID), account.status != .locked,
            account.credentials.version == handout.credentialVersion
        else { return nil }
        return (handout, account)
    }

    private func redeem(
        _ token: OpaqueToken, _ account: Account, _ proven: ProvenLogin?, _ context: Context
    ) throws -> RenewedAccount {
        let set = CredentialSet(random: context.random)
        let version = account.credentials.version + 1
        let sealed = try sealer.seal(set, of: account.id, under: account.keyID, version: version, at: context.now)
        let device = OpaqueToken(random: context.random)
        let claimed = event(.handoutClaimed, by: .account(account.id), on: account, context)
        try recording([claimed]) { (session) throws(AccountsError) in
            let won = try AccountsError.carrying { () throws(MongoError) in
                let claim: Document = ["$set": ["claimedAt": .date(context.now)]]
                return try handouts.update(Handout.open(token, at: context.now), claim, session: session).matched == 1
            }
            guard won else { throw .overtaken }
            if let proven { try use(proven, context, session) }
            try supersede(account, with: sealed, session)
            try AccountsError.carrying { () throws(MongoError) in
                try insert(device, of: account.id, version: version, at: context.now, session)
            }
        }
        if let proven { try? throttles.clear(proven.throttle) }
        return RenewedAccount(account: account, credentials: sealed, set: set, deviceToken: device)
    }

    /// Writes an event where a claimed hand-out is shown again; answers whose it was.
    private func tellReplay(of token: OpaqueToken, _ context: Context) throws -> UniqueID? {
        let spent: Document = ["_id": .bytes(token.digest), "claimedAt": ["$ne": .null]]
        guard let handout = try handouts.findOne(spent).flatMap(Handout.init) else { return nil }
        let account = try account(handout.accountID)
        try recording([
            AuditEvent(
                .handoutReplayed, by: .anyone, on: .account(handout.accountID), .refused,
                address: sealedAddress(context.clientAddress, of: account), call: context.callID, at: context.now)
        ]) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                try notices.add(.handoutReplayed, handout.accountID, at: context.now, session)
            }
        }
        return handout.accountID
    }
}
