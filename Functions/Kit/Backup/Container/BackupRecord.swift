public import BSON

/// What follows one after another in a part of a backup: a collection, then its documents, and in the end their number.
public enum BackupRecord: Equatable, Sendable {
    /// The documents that follow are this collection's.
    case collection(BackupCollection)
    /// A document.
    case document(Document)
    /// Nothing follows; how many documents there were.
    case end(documents: Int64)

    /// A letter, then a BSON document.
    var bytes: [UInt8] {
        switch self {
        case .collection(let collection): [Letter.collection] + collection.document.bytes
        case .document(let document): [Letter.document] + document.bytes
        case .end(let count): [Letter.end] + (["documents": .int64(count)] as Document).bytes
        }
    }

    init(letter: UInt8, _ document: Document) throws(BackupError) {
        switch letter {
        case Letter.document:
            self = .document(document)
        case Letter.collection:
            guard let collection = BackupCollection(document) else { throw .damaged }
            self = .collection(collection)
        case Letter.end:
            guard let count = document["documents"]?.integer else { throw .damaged }
            self = .end(documents: count)
        default:
            throw .damaged
        }
    }

    private enum Letter {
        static let collection = UInt8(ascii: "c")
        static let document = UInt8(ascii: "d")
        static let end = UInt8(ascii: "e")
    }
}

/// A collection and its indexes, as the server describes them.
public struct BackupCollection: Equatable, Sendable {
    /// The database's name.
    public let database: String
    /// The collection's name.
    public let name: String
    /// The indexes but the one over `_id`.
    public let indexes: [Document]

    /// Describes a collection.
    public init(database: String, name: String, indexes: [Document]) {
        self.database = database
        self.name = name
        self.indexes = indexes
    }

    init?(_ document: Document) {
        guard let database = document["database"]?.string, let name = document["name"]?.string,
            let indexes = document["indexes"]?.array
        else { return nil }
        self.init(database: database, name: name, indexes: indexes.compactMap(\.document))
    }

    var document: Document {
        [
            "database": .string(database), "name": .string(name),
            "indexes": .array(indexes.map(BSONValue.document)),
        ]
    }
}
