public import BSON

/// The changes of a database, once a majority has them, in the order in which they were committed.
public final class ChangeStream {
    /// What a server answers where a stream cannot begin at the asked time any more.
    private static let lostCodes: Set<Int32> = [280, 286, 326]
    private static let batchSize = 1000

    /// Changes that follow one another.
    public struct Batch: Sendable {
        /// The changes, each as the pipeline left it.
        public let changes: [Document]
        /// The time up to which the stream has been read: none of what follows these changes is earlier.
        public let end: BSONValue?
    }

    private let client: MongoClient
    private let database: String
    private var cursor: Int64
    private var first: Batch?

    /// Begins at a time of the cluster, its own changes included. `stages` follow the stream's own stage.
    public init(
        _ client: MongoClient, of database: String, from time: BSONValue, stages: [Document]
    ) throws(MongoError) {
        self.client = client
        self.database = database
        let own: Document = ["$changeStream": ["startAtOperationTime": time, "fullDocument": "updateLookup"]]
        let command: Document = [
            "aggregate": 1, "pipeline": .array(([own] + stages).map(BSONValue.document)),
            "cursor": ["batchSize": .integer(Self.batchSize)],
        ]
        guard let reply = try client.run(command, on: database)["cursor"]?.document, let id = reply["id"]?.integer
        else { throw .invalid("the server began no change stream") }
        cursor = id
        first = Batch(reply, "firstBatch")
    }

    deinit {
        guard cursor != 0 else { return }
        _ = try? client.run(
            ["killCursors": "$cmd.aggregate", "cursors": .array([.int64(cursor)])], on: database)
    }

    /// The next changes; none where none came within `milliseconds`.
    public func next(waiting milliseconds: Int) throws(MongoError) -> Batch {
        if let first {
            self.first = nil
            if !first.changes.isEmpty { return first }
        }
        let command: Document = [
            "getMore": .int64(cursor), "collection": "$cmd.aggregate", "maxTimeMS": .integer(max(1, milliseconds)),
            "batchSize": .integer(Self.batchSize),
        ]
        do throws(MongoError) {
            let reply = try client.run(command, on: database)["cursor"]?.document ?? [:]
            cursor = reply["id"]?.integer ?? 0
            guard cursor != 0 else { throw .unavailable("the change stream has ended") }
            return Batch(reply, "nextBatch")
        } catch {
            cursor = 0
            throw error
        }
    }

    /// Whether `error` says that the changes since the asked time are not kept any more.
    public static func isLost(_ error: MongoError) -> Bool {
        if case .server(let code, _) = error { return lostCodes.contains(code) }
        return false
    }
}

extension ChangeStream.Batch {
    init(_ reply: Document, _ name: String) {
        changes = (reply[name]?.array ?? []).compactMap(\.document)
        end = reply["postBatchResumeToken"]?.document?["_data"]?.string.flatMap(Self.time)
    }

    /// The time that a resume token begins with: a type byte, then seconds and increment, most significant byte first.
    private static func time(_ token: String) -> BSONValue? {
        let digits = Array(token.utf8.prefix(18))
        guard digits.count == 18, digits.starts(with: "82".utf8),
            let seconds = UInt32(String(decoding: digits[2..<10], as: UTF8.self), radix: 16),
            let increment = UInt32(String(decoding: digits[10..<18], as: UTF8.self), radix: 16)
        else { return nil }
        return .timestamp(seconds: seconds, increment: increment)
    }
}
