import AccountsDomain
import BSON
import Cryptography
import Installation
import MongoDB
import Primitives
public import Runtime
import Secrets

/// What slows open registration down: a number for each address and hour, one for all and second, and how many
/// accounts may wait for their first login. A setting of 0 takes a brake off.
public struct RegistrationBrakes {
    private let counters: MongoCollection
    private let accounts: MongoCollection
    private let secret: [UInt8]
    private let hourly: Int
    private let perSecond: Int
    private let pending: Int

    /// Reads `REGISTRATION_PER_HOUR` (20), `REGISTRATION_PER_SECOND` (100) and `PENDING_ACCOUNTS` (10,000).
    public init(_ accounts: Accounts) throws(SetUpFailure) {
        let environment = accounts.installation.environment
        counters = accounts.installation.collection("throttles")
        self.accounts = accounts.accounts
        hourly = try environment.number("REGISTRATION_PER_HOUR", default: 20, in: 0...1_000_000)
        perSecond = try environment.number("REGISTRATION_PER_SECOND", default: 100, in: 0...1_000_000)
        pending = try environment.number("PENDING_ACCOUNTS", default: 10_000, in: 0...100_000_000)
        do { secret = try accounts.installation.secrets.readText("pepper") } catch { throw .configuration("\(error)") }
    }

    /// Counts one registration; throws 429 or 503 where it is one too many.
    public func pass(_ context: Context) throws {
        if hourly > 0, !Self.isLoopback(context.clientAddress) {
            try count("hour:" + context.clientAddress, every: 3600, atMost: hourly, context)
        }
        if perSecond > 0 { try count("second", every: 1, atMost: perSecond, context) }
        if pending > 0 { try checkPending() }
    }

    private func count(_ name: String, every seconds: Int64, atMost most: Int, _ context: Context) throws {
        let window = context.now.seconds / seconds
        let id = HMAC.sha256(key: secret, Array("registration:\(name):\(window)".utf8))
        let end = Timestamp(milliseconds: (window + 1) * seconds * 1000)
        let change: Document = ["$inc": ["count": 1], "$set": ["expiresAt": .date(end)]]
        let counted = try counters.findAndUpdate(["_id": .bytes(id)], change, upsert: true)
        guard counted?["count"]?.integer ?? 1 <= Int64(most) else {
            throw FunctionFailure.rateLimited(retryAfter: max(1, end.seconds - context.now.seconds))
        }
    }

    private func checkPending() throws {
        let waiting: Document = ["status": .string(AccountStatus.pending.rawValue)]
        let first = try accounts.aggregate([
            ["$match": .document(waiting)], ["$limit": .integer(pending)], ["$count": "waiting"],
        ]).first
        guard first?["waiting"]?.integer ?? 0 < Int64(pending) else {
            throw FunctionFailure.unavailable(retryAfter: 60)
        }
    }

    private static func isLoopback(_ address: String) -> Bool {
        address.isEmpty || address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}

extension FunctionFailure {
    /// 429: too much was asked; another try makes sense after so many seconds.
    public static func rateLimited(retryAfter seconds: Int64) -> FunctionFailure {
        FunctionFailure(
            429, "rate-limited", title: "Too many requests", detail: "Too much was asked in a short time; wait.",
            headers: ["retry-after": String(seconds)])
    }
}
