/// A value that can be read out of JSON.
public protocol JSONReadable {
    /// Reads `json`, or throws what is wrong with it.
    init(json: JSONValue) throws(JSONError)
}

/// A value read out of the members of a JSON object, none of which may be left over.
public protocol JSONObjectReadable: JSONReadable {
    /// Takes what it needs; members it does not take are refused afterwards.
    init(members: inout JSONMembers) throws(JSONError)
}

extension JSONObjectReadable {
    /// Reads an object; throws for another type, and for a member that nobody took.
    public init(json: JSONValue) throws(JSONError) {
        guard case .object(let object) = json else { throw JSONError("must be an object") }
        var members = JSONMembers(object)
        self = try Self(members: &members)
        try members.finish()
    }
}

/// Takes the members of an object one by one and remembers which.
public struct JSONMembers {
    private let object: JSONObject
    private var taken: Set<ExactText> = []

    init(_ object: JSONObject) {
        self.object = object
    }

    /// True where the object has a member of that name.
    public func contains(_ name: String) -> Bool {
        object[name] != nil
    }

    /// The member's value; throws where it is missing or not a `Value`.
    public mutating func required<Value: JSONReadable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(JSONError) -> Value {
        guard let value = try optional(name, as: type) else { throw JSONError("is missing").inside(name) }
        return value
    }

    /// The member's value, `nil` where there is none; throws where it is not a `Value`.
    public mutating func optional<Value: JSONReadable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(JSONError) -> Value? {
        taken.insert(ExactText(name))
        guard let json = object[name] else { return nil }
        do { return try Value(json: json) } catch { throw error.inside(name) }
    }

    func finish() throws(JSONError) {
        for member in object.members where !taken.contains(ExactText(member.name)) {
            throw JSONError("is not known here").inside(member.name)
        }
    }
}

extension String: JSONReadable {
    /// A string as it is.
    public init(json: JSONValue) throws(JSONError) {
        guard case .string(let text) = json else { throw JSONError("must be a string") }
        self = text
    }
}

extension Bool: JSONReadable {
    /// `true` or `false`.
    public init(json: JSONValue) throws(JSONError) {
        guard case .bool(let truth) = json else { throw JSONError("must be true or false") }
        self = truth
    }
}

extension Int64: JSONReadable {
    /// A whole number, however it is written: `100`, `100.0` and `1e2` are one.
    public init(json: JSONValue) throws(JSONError) {
        switch json {
        case .integer(let integer): self = integer
        case .number(let number):
            guard let integer = Int64(exactly: number) else { throw JSONError("must be a whole number") }
            self = integer
        default: throw JSONError("must be a whole number")
        }
    }
}

extension Array: JSONReadable where Element: JSONReadable {
    /// An array, each element read for itself.
    public init(json: JSONValue) throws(JSONError) {
        guard case .array(let elements) = json else { throw JSONError("must be an array") }
        self = []
        for (index, element) in elements.enumerated() {
            do { append(try Element(json: element)) } catch { throw error.inside(String(index)) }
        }
    }
}
