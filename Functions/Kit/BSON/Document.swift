/// Named values in order, as MongoDB stores them.
public struct Document: Hashable, Sendable {
    /// One name and its value.
    public struct Element: Hashable, Sendable {
        /// The name; a U+0000 in it cannot be written and becomes U+FFFD.
        public let name: String
        /// What it stands for.
        public let value: BSONValue

        /// Makes the pair.
        public init(name: String, value: BSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members in their order; a name may come up twice in what others wrote.
    public private(set) var elements: [Element]

    /// A document of these members in this order.
    public init(_ elements: [Element] = []) {
        self.elements = elements
    }

    /// The names in their order.
    public var names: [String] {
        elements.map(\.name)
    }

    /// The first value of that name. Setting replaces it in place or appends it; setting `nil` takes it out.
    public subscript(_ name: String) -> BSONValue? {
        get {
            elements.first { $0.name == name }?.value
        }
        set {
            switch (elements.firstIndex { $0.name == name }, newValue) {
            case (let index?, let value?): elements[index] = Element(name: name, value: value)
            case (let index?, nil): elements.remove(at: index)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member at the end without looking for one of that name.
    public mutating func append(_ name: String, _ value: BSONValue) {
        elements.append(Element(name: name, value: value))
    }

    /// This document with the members of `other` set in it.
    public func merging(_ other: Document) -> Document {
        var merged = self
        for element in other.elements { merged[element.name] = element.value }
        return merged
    }
}

extension Document: ExpressibleByDictionaryLiteral {
    /// A document with its members in the order written.
    public init(dictionaryLiteral members: (String, BSONValue)...) {
        self.init(members.map { Element(name: $0, value: $1) })
    }
}
