import BSON
import Installation
import MessagesDomain
import MongoDB
import Primitives
import Runtime

/// Counts what accounts do against a rate: in memory that the machine's workers share where there is some, otherwise by
/// one conditional update that does not wait for the disk. A count that a crash takes back is no harm.
struct SendBrake {
    /// What is counted.
    enum Kind: String, CaseIterable, Sendable {
        /// Messages.
        case message
        /// First messages to somebody.
        case contact
    }

    private static let collection = "sendRates"
    private static let mostTries = 20
    private let installation: Installation
    private let kind: Kind
    /// `nil` for no brake at all.
    private let rate: SendRate?
    private let memory: SharedRates?

    /// Reads `MESSAGE_RATE` (a second, 1; 0 is off) and `MESSAGE_BURST` (10).
    static func messages(_ installation: Installation, _ memory: SharedRates?) throws(SetUpFailure) -> SendBrake {
        let rate = try installation.environment.number("MESSAGE_RATE", default: 1, in: 0...1000)
        let burst = try installation.environment.number("MESSAGE_BURST", default: 10, in: 1...10_000)
        let limit = rate > 0 ? SendRate(interval: .seconds(1) / rate, burst: burst) : nil
        return SendBrake(installation: installation, kind: .message, rate: limit, memory: memory)
    }

    /// Reads `FIRST_CONTACTS_PER_DAY` (50; 0 is off).
    static func contacts(_ installation: Installation) throws(SetUpFailure) -> SendBrake {
        let count = try installation.environment.number("FIRST_CONTACTS_PER_DAY", default: 50, in: 0...100_000)
        let rate = count > 0 ? SendRate(count, in: .seconds(86_400)) : nil
        return SendBrake(installation: installation, kind: .contact, rate: rate, memory: nil)
    }

    /// Counts one; `nil` where it may be done, otherwise the seconds to wait.
    func take(_ account: UniqueID, at now: Timestamp) throws(MongoError) -> Int64? {
        guard let rate else { return nil }
        if let counted = countInMemory(account, rate, now) { return counted.seconds }
        for _ in 0..<Self.mostTries {
            if try count(account, rate, now, isFirst: false) { return nil }
            if let used = try used(account), used > rate.latest(at: now) { return rate.wait(after: used, at: now) }
            if try count(account, rate, now, isFirst: true) { return nil }
        }
        return 1
    }

    private enum Counted {
        case done
        case tooFast(Int64)

        var seconds: Int64? {
            if case .tooFast(let seconds) = self { seconds } else { nil }
        }
    }

    private func countInMemory(_ account: UniqueID, _ rate: SendRate, _ now: Timestamp) -> Counted? {
        memory?.change(account, at: now) { until in
            let used = Timestamp(milliseconds: until)
            guard used <= rate.latest(at: now) else { return .tooFast(rate.wait(after: used, at: now)) }
            until = rate.next(after: used, at: now).milliseconds
            return .done
        }
    }

    private func used(_ account: UniqueID) throws(MongoError) -> Timestamp? {
        try installation.collection(Self.collection).findOne(["_id": Self.id(account, kind)])?["until"]?.date
    }

    /// False where too much was counted, or where nothing was and this is not meant to be the first.
    private func count(
        _ account: UniqueID, _ rate: SendRate, _ now: Timestamp, isFirst: Bool
    ) throws(MongoError) -> Bool {
        let next: BSONValue = ["$add": [["$max": ["$until", .date(now)]], Self.milliseconds(rate)]]
        return try change(
            [
                "q": ["_id": Self.id(account, kind), "until": ["$lte": .date(rate.latest(at: now))]],
                "u": [["$set": ["until": next]]], "upsert": .bool(isFirst),
            ])
    }

    /// Takes one back.
    func giveBack(_ account: UniqueID, at now: Timestamp) throws(MongoError) {
        guard let rate else { return }
        let isInMemory = memory?.change(account, at: now) { until in
            until -= Int64(Self.interval(rate))
            return true
        }
        if isInMemory == true { return }
        let former: BSONValue = ["$subtract": ["$until", Self.milliseconds(rate)]]
        _ = try change(["q": ["_id": Self.id(account, kind)], "u": [["$set": ["until": former]]]])
    }

    /// Whether a document was changed or made.
    private func change(_ update: Document) throws(MongoError) -> Bool {
        let answer = try installation.client.run(
            [
                "update": .string(Self.collection), "updates": [.document(update)],
                "writeConcern": ["w": 1, "j": false],
            ], on: Installation.database)
        return answer["n"]?.integer == 1 && answer["writeErrors"] == nil
    }

    private static func milliseconds(_ rate: SendRate) -> BSONValue { .integer(interval(rate)) }

    private static func interval(_ rate: SendRate) -> Int { max(1, Int(rate.interval / .milliseconds(1))) }

    /// The `_id` of what is counted of an account.
    static func id(_ account: UniqueID, _ kind: Kind) -> BSONValue {
        ["account": .id(account), "kind": .string(kind.rawValue)]
    }
}
