import BSON
public import MessageRecords
public import Primitives

/// A conversation as one of its members may see it: what someone writes who has blocked him, or whom he has blocked,
/// is not there for him.
public struct ConversationView: Sendable {
    /// The conversation's id.
    public let id: UniqueID
    /// Who sees it.
    public let viewer: UniqueID
    /// What is stored of it; `nil` for a community in which nothing was said yet.
    public let conversation: Conversation?
    private let until: Timestamp?
    private let without: [UniqueID]

    init(_ conversation: Conversation, _ viewer: UniqueID, until: Timestamp? = nil, without: [UniqueID] = []) {
        id = conversation.id
        self.viewer = viewer
        self.conversation = conversation
        self.until = until
        self.without = without
    }

    init(emptyCommunity id: UniqueID, _ viewer: UniqueID) {
        self.id = id
        self.viewer = viewer
        conversation = nil
        until = nil
        without = []
    }

    /// What finds its messages with numbers in `range`.
    func filter(_ range: ClosedRange<Int64>) -> Document {
        var filter: Document = [
            "_id": [
                "$gte": StoredMessage.Place(conversation: id, seq: range.lowerBound).id,
                "$lte": StoredMessage.Place(conversation: id, seq: range.upperBound).id,
            ]
        ]
        if let until { filter.append("sentAt", ["$lte": .date(until)]) }
        if !without.isEmpty { filter.append("sender", ["$nin": .array(without.map(BSONValue.id))]) }
        return filter
    }

    /// Whether the viewer may see a message of the conversation.
    func shows(_ message: StoredMessage) -> Bool {
        (until.map { message.sentAt <= $0 } ?? true) && !without.contains(message.sender)
    }

    /// Whether all that is said between two is shown.
    var isWhole: Bool { until == nil }

    /// Whose messages the viewer never counts as unread.
    var uncounted: [UniqueID] { without + [viewer] }
}
