import BSON
public import MongoDB
public import Primitives

/// An operation of either kind, as admins list them.
public enum ListedOperation: Sendable {
    /// New credentials for many accounts.
    case rotation(Operation)
    /// Every data key wrapped anew.
    case masterKey(MasterKeyOperation)

    /// The operation's id.
    public var id: UniqueID {
        switch self {
        case .rotation(let operation): operation.id
        case .masterKey(let operation): operation.id
        }
    }

    init?(_ document: Document) {
        if let operation = MasterKeyOperation(document) {
            self = .masterKey(operation)
        } else if let operation = Operation(document) {
            self = .rotation(operation)
        } else {
            return nil
        }
    }
}

extension Accounts {
    /// The operation of that id, of either kind; `nil` where there is none.
    public func listedOperation(_ id: UniqueID) throws(MongoError) -> ListedOperation? {
        try operations.findOne(["_id": .id(id)]).flatMap(ListedOperation.init)
    }

    /// The operations of both kinds before `before`, the newest first.
    public func listOperations(before: UniqueID?, limit: Int) throws(MongoError) -> [ListedOperation] {
        let filter: Document = before.map { ["_id": ["$lt": .id($0)]] } ?? [:]
        return try operations.find(filter, sort: ["_id": -1], limit: limit).compactMap(ListedOperation.init)
    }
}
