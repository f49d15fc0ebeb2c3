public import BSON

/// An index to be made where there is none of that name.
public struct MongoIndex: Sendable {
    /// The server's description of it.
    let specification: Document

    /// `keys` are names with 1, -1 or a kind; with `expireAfterSeconds` documents go that long after the date they hold.
    public init(
        name: String, keys: Document, unique: Bool = false, partialFilter: Document? = nil,
        expireAfterSeconds: Int? = nil
    ) {
        var specification: Document = ["name": .string(name), "key": .document(keys)]
        if unique { specification["unique"] = true }
        specification["partialFilterExpression"] = partialFilter.map(BSONValue.document)
        specification["expireAfterSeconds"] = expireAfterSeconds.map(BSONValue.integer)
        self.specification = specification
    }
}
