public import BSON
public import Installation
public import MongoDB
public import Primitives

/// The store's own time, by which events are ordered.
public enum EventClock {
    /// The latest position whose changes every later read with majority sees, and every later event lies behind.
    public static func now(_ installation: Installation) throws(MongoError) -> EventPosition {
        let reply = try installation.client.run(
            [
                "find": "slots", "filter": ["_id": .null], "limit": 1, "singleBatch": true,
                "readConcern": ["level": "majority"],
            ], on: Installation.database)
        guard let time = reply["operationTime"].flatMap(EventPosition.init(startOf:)) else {
            // One that has just started may not have loaded yet what it signs its times with.
            throw .unavailable("the server tells no time of operation")
        }
        return time.endOfTime
    }
}

extension EventPosition {
    /// The position before the first event of a time of the cluster; `nil` for another value.
    public init?(startOf time: BSONValue) {
        guard case .timestamp(let seconds, let increment) = time else { return nil }
        self.init(seconds: seconds, increment: increment, index: 0)
    }

    /// The time of the cluster.
    public var time: BSONValue {
        .timestamp(seconds: seconds, increment: increment)
    }
}
