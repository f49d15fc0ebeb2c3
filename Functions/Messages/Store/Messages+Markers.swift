import BSON
import MessageRecords
public import MongoDB
public import Primitives

extension Messages {
    /// Up to which number the viewer has read; 0 before the first time.
    public func readUpTo(_ view: ConversationView) throws(MongoError) -> Int64 {
        try markers.findOne(["_id": Self.markerID(view.viewer, view.id)])?["readUpTo"]?.integer ?? 0
    }

    /// Moves the viewer's read marker forward to `seq`, at most to the last message; gives where it stands then.
    public func read(_ view: ConversationView, upTo seq: Int64, at now: Timestamp) throws(MongoError) -> Int64 {
        let id = Self.markerID(view.viewer, view.id)
        while true {
            let present = try readUpTo(view)
            guard seq > present else { return present }
            let reached = min(seq, try lastNumber(view))
            guard reached > present else { return present }
            var change: Document = ["$set": ["readUpTo": .int64(reached), "at": .date(now)]]
            if let other = view.conversation?.other(than: view.viewer) {
                change.append("$setOnInsert", ["other": .id(other)])
            }
            do throws(MongoError) {
                try markers.update(["_id": id, "readUpTo": ["$lt": .int64(reached)]], change, upsert: true)
                return reached
            } catch .duplicateKey {
                continue
            }
        }
    }

    static func markerID(_ account: UniqueID, _ conversation: UniqueID) -> BSONValue {
        ["account": .id(account), "conversation": .id(conversation)]
    }
}
