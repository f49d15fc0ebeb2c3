import BSON
import MessageRecords
import Primitives

/// The part of a conversation in which its viewer's unread messages are counted.
struct Stretch {
    let view: ConversationView
    let lowest: Int64
    let highest: Int64

    init(_ view: ConversationView, readUpTo: Int64, last: Int64) {
        self.view = view
        lowest = max(readUpTo, last - Messages.mostUnread) + 1
        highest = last
    }

    var isEmpty: Bool { lowest > highest }

    /// How many numbers are in it.
    var count: Int { Int(highest - lowest + 1) }

    func contains(_ place: StoredMessage.Place) -> Bool {
        place.conversation == view.id && lowest <= place.seq && place.seq <= highest
    }

    /// What finds those of its messages that meet a condition, by an index that begins with that or with their place.
    func filter(_ condition: Document) -> Document {
        condition.merging([
            "_id.conversation": .id(view.id), "_id.seq": ["$gte": .int64(lowest), "$lte": .int64(highest)],
        ])
    }

    /// What finds those of its messages that the viewer may see and has not read, those by others.
    func unread(without hidden: Set<StoredMessage.Place>) -> Document {
        let own = hidden.filter(contains).map(\.id)
        return view.filter(lowest...highest).merging([
            "sender": ["$nin": .array(view.uncounted.map(BSONValue.id))], "deletedAt": ["$exists": false],
            "$nor": [["_id": ["$in": .array(own)]]],
        ])
    }

    /// Between which `_id`s the hidden ones of them stand; the newest message is among them, whether read or not.
    var hiddenBounds: Document {
        [
            "$gte": HiddenMessage.id(view.viewer, view.id, min(lowest, highest)),
            "$lte": HiddenMessage.id(view.viewer, view.id, highest),
        ]
    }
}
