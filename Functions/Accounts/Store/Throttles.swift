import AccountsDomain
import BSON
import Cryptography
import FieldEncryption
import Installation
import MongoDB
import Primitives
import Runtime
import Secrets
import Tokens

/// The failures in a row of each login, existing or not, kept by a keyed hash of its folded spelling.
///
/// A try is counted before it is checked, by an insert or an update that is conditional on what was read, so that of
/// 50 parallel tries no more are evaluated than the rules allow.
struct Throttles {
    /// What is counted: a login, or a login on a device that it is known on.
    struct Key {
        let id: BSONValue
    }

    let throttles: MongoCollection
    private let client: MongoClient
    /// Counts the failures of addresses.
    let addresses: AddressBrake
    private let secret: [UInt8]

    init(_ installation: Installation) throws(SetUpFailure) {
        throttles = installation.collection("throttles")
        client = installation.client
        do { secret = try installation.secrets.readText("pepper") } catch { throw .configuration("\(error)") }
        addresses = try AddressBrake(installation, secret: secret)
    }

    func key(_ login: Login, device: OpaqueToken?) -> Key {
        key("throttle:" + login.folded + (device.map { ":" + Hex.encode($0.digest) } ?? ""))
    }

    /// The key of what has that name: a keyed hash, so that the store does not tell who was tried.
    func key(_ name: String) -> Key {
        Key(id: .bytes(HMAC.sha256(key: secret, Array(name.utf8))))
    }

    /// What counting a try comes to.
    enum Taking {
        /// It may be checked.
        case checked
        /// It is refused unchecked; the first refusal of each closure is told of.
        case refused(retryAfter: Int64, isFirst: Bool)
    }

    /// Counts a try before it is checked; most logins have no failure behind them, and need no reading.
    func take(_ key: Key, at now: Timestamp) throws(MongoError) -> Taking {
        if case .check(let first) = Throttle(nil).taking(at: now), try put(first, over: nil, key, now) {
            return .checked
        }
        while true {
            let stored = try throttles.findOne(["_id": key.id])
            switch Throttle(stored).taking(at: now) {
            case .refuse(let seconds): return .refused(retryAfter: seconds, isFirst: try tellsFirst(stored, key))
            case .check(let next): if try put(next, over: stored, key, now) { return .checked }
            }
        }
    }

    /// True for one refusal of each closure, so that a stranger who goes on trying does not fill the audit.
    private func tellsFirst(_ stored: Document?, _ key: Key) throws(MongoError) -> Bool {
        guard let closedUntil = stored?["closedUntil"], stored?["toldUntil"] != closedUntil else { return false }
        let untold: Document = ["_id": key.id, "closedUntil": closedUntil, "toldUntil": ["$ne": closedUntil]]
        return try throttles.update(untold, ["$set": ["toldUntil": closedUntil]]).matched == 1
    }

    /// Takes back one try that was no failure.
    func giveBack(_ key: Key, at now: Timestamp) throws(MongoError) {
        while let stored = try throttles.findOne(["_id": key.id]) {
            if try put(Throttle(stored).givingBack(), over: stored, key, now) { return }
        }
    }

    /// Takes back one try that came to no verdict; a store that is away would only be waited for once more.
    func giveBack(_ key: Key, after error: any Error, at now: Timestamp) {
        switch error {
        case MongoError.unavailable, FieldEncryptionError.store(.unavailable), AccountsError.store(.unavailable): break
        default: try? giveBack(key, at: now)
        }
    }

    /// Forgets the failures after a success.
    func clear(_ key: Key) throws(MongoError) {
        let deletes: [BSONValue] = [["q": ["_id": key.id], "limit": 1]]
        try client.run(
            ["delete": "throttles", "deletes": .array(deletes), "writeConcern": Self.acknowledged],
            on: Installation.database)
    }

    /// Puts a throttle in the place of the one that was read; false where another call was first.
    private func put(
        _ throttle: Throttle, over stored: Document?, _ key: Key, _ now: Timestamp
    ) throws(MongoError) -> Bool {
        let same = stored?.picking(Throttle.names) ?? ["_id": key.id, "failures": .null]
        let update: Document = [
            "q": .document(same), "u": ["$set": .document(throttle.document(at: now))], "upsert": .bool(stored == nil),
        ]
        let answer = try client.run(
            ["update": "throttles", "updates": [.document(update)], "writeConcern": Self.acknowledged],
            on: Installation.database)
        return answer["n"]?.integer == 1 && answer["writeErrors"] == nil
    }

    /// A count that a crash of the whole server takes back is no harm, and waiting for its disk costs each login twice.
    private static let acknowledged: BSONValue = ["w": 1, "j": false]
}

extension Throttle {
    static let names = ["_id", "failures", "closures", "closedUntil"]

    init(_ document: Document?) {
        self.init(
            failures: Int(document?["failures"]?.integer ?? 0), closures: Int(document?["closures"]?.integer ?? 0),
            closedUntil: document?["closedUntil"]?.date)
    }

    func document(at now: Timestamp) -> Document {
        [
            "failures": .integer(failures), "closures": .integer(closures),
            "closedUntil": closedUntil.map(BSONValue.date) ?? .null, "expiresAt": .date(now.adding(Self.memory)),
        ]
    }
}

extension Document {
    /// The members of these names alone.
    func picking(_ names: [String]) -> Document {
        Document(elements.filter { names.contains($0.name) })
    }
}
