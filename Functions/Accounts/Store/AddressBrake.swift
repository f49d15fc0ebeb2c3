import BSON
import Cryptography
import Installation
import MongoDB
import Primitives
import Runtime

/// Slows down an address that fails with many logins, where a trusted proxy tells addresses apart.
///
/// Without one, all callers may share the address of whatever stands in front, so that a limit would shut everybody
/// out; then it is off, whatever a caller writes into `X-Forwarded-For`.
struct AddressBrake {
    private let counters: MongoCollection
    private let secret: [UInt8]
    private let limit: Int
    private static let window: Int64 = 900

    /// Reads `TRUSTED_PROXIES` and `LOGIN_FAILURES_PER_ADDRESS` (100 in a quarter of an hour; 0 is off).
    init(_ installation: Installation, secret: [UInt8]) throws(SetUpFailure) {
        let environment = installation.environment
        counters = installation.collection("throttles")
        self.secret = secret
        let most = try environment.number("LOGIN_FAILURES_PER_ADDRESS", default: 100, in: 0...1_000_000)
        limit = environment.setting("TRUSTED_PROXIES") == nil ? 0 : most
    }

    /// Counts a try before it is checked; `nil` where it may be, otherwise the seconds to wait.
    func take(_ address: String, at now: Timestamp) throws(MongoError) -> Int64? {
        guard limit > 0, !address.isEmpty else { return nil }
        let end = Timestamp(milliseconds: (now.seconds / Self.window + 1) * Self.window * 1000)
        let change: Document = ["$inc": ["count": 1], "$set": ["expiresAt": .date(end)]]
        let counted = try counters.findAndUpdate(["_id": id(address, now)], change, upsert: true)
        return counted?["count"]?.integer ?? 1 <= Int64(limit) ? nil : max(1, end.seconds - now.seconds)
    }

    /// Takes back one try that was no failure.
    func giveBack(_ address: String, at now: Timestamp) throws(MongoError) {
        guard limit > 0, !address.isEmpty else { return }
        try counters.update(["_id": id(address, now), "count": ["$gt": 0]], ["$inc": ["count": -1]])
    }

    private func id(_ address: String, _ now: Timestamp) -> BSONValue {
        let name = "address:\(address):\(now.seconds / Self.window)"
        return .bytes(HMAC.sha256(key: secret, Array(name.utf8)))
    }
}
