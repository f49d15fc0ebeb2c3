public import AccountsAccess
import BSON
public import Installation
public import MessageRecords
public import MongoDB
public import PlayersRelations
public import Primitives
public import Runtime

/// The conversations and all that is said in them.
public final class Messages {
    /// What it is built on.
    public let installation: Installation
    /// Knows the accounts that talk.
    public let access: Access
    /// Knows who may talk with whom.
    public let relations: PlayerRelations
    let conversations: MongoCollection
    let messages: MongoCollection
    let markers: MongoCollection
    let hidden: MongoCollection
    let sealer: MessageSealer
    /// `nil` where nobody else on this machine could tell one.
    let numbers: LastNumbers?
    /// Over which connection messages were stored that a majority may not have yet.
    var unsettled: MongoLink?
    /// Refused messages that this process has told of.
    var told: Set<StoredMessage.Place> = []
    private var isPrepared = false
    private(set) var known: [UniqueID: Conversation] = [:]
    /// The age groups that senders were in last.
    private(set) var ageGroups: [UniqueID: AgeGroup] = [:]
    private static let mostKnown = 5000

    /// Prepares the collections; nothing is sent to the database yet. Whoever sends says what memory he shares.
    public init(_ installation: Installation, _ access: Access, _ memory: SendMemory? = nil) {
        self.installation = installation
        self.access = access
        relations = PlayerRelations(installation)
        conversations = installation.collection("conversations")
        messages = installation.collection("messages")
        markers = installation.collection("readMarkers")
        hidden = installation.collection("hidden")
        sealer = MessageSealer(installation.encryption)
        numbers = memory?.numbers
    }

    /// Keeps every wait within the call's deadline, and makes the indexes in this process's first call.
    public func begin(_ context: Context) throws(MongoError) {
        installation.begin(context)
        guard !isPrepared else { return }
        try MessageIndexes.create(in: installation)
        isPrepared = true
    }

    /// The conversation of that id; `nil` where there is none. One that was found is not asked for again.
    public func conversation(_ id: UniqueID) throws(MongoError) -> Conversation? {
        if let conversation = known[id] { return conversation }
        return try conversations.findOne(["_id": .id(id)]).flatMap(Conversation.init).map(remember)
    }

    func remember(_ conversation: Conversation) -> Conversation {
        if known.count >= Self.mostKnown { known.removeAll() }
        known[conversation.id] = conversation
        return conversation
    }

    func remember(_ ageGroup: AgeGroup, of sender: UniqueID) {
        if ageGroups.count >= Self.mostKnown { ageGroups.removeAll() }
        ageGroups[sender] = ageGroup
    }
}
