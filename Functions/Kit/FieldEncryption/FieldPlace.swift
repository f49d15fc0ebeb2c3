public import BSON
public import Primitives

/// Where an encrypted value belongs; it is encrypted along with the value and compared when that is read.
public struct FieldPlace: Equatable, Sendable {
    /// Whose data it is.
    public let owner: UniqueID
    /// The `_id` of the document that holds it.
    public let document: BSONValue
    /// The field's path.
    public let field: String
    /// The version of what the field belongs to, where an older one must not come back.
    public let version: Int64?
    /// Who sent it, where that is another than the owner.
    public let sender: UniqueID?

    /// A place in the document with this `_id`.
    public init(
        owner: UniqueID, document: BSONValue, field: String, version: Int64? = nil, sender: UniqueID? = nil
    ) {
        self.owner = owner
        self.document = document
        self.field = field
        self.version = version
        self.sender = sender
    }
}

extension FieldPlace {
    private static let valueName = "v"

    /// The place's members, in the order in which they are written: `o`, `d`, `f`, then `n` and `s` where they apply.
    private var members: Document {
        var members: Document = ["o": .id(owner), "d": document, "f": .string(field)]
        if let version { members.append("n", .int64(version)) }
        if let sender { members.append("s", .id(sender)) }
        return members
    }

    /// What is encrypted: the place and the value in it, `v`.
    func wrapping(_ value: BSONValue) -> Document {
        var document = members
        document.append(Self.valueName, value)
        return document
    }

    /// The value in `document`, if that was made for this place and has no other members.
    func unwrapping(_ document: Document) -> BSONValue? {
        guard let last = document.elements.last, last.name == Self.valueName else { return nil }
        return document.elements.dropLast().elementsEqual(members.elements) ? last.value : nil
    }
}
