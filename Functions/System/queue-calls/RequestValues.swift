import JSON
import Primitives
import SystemStore

/// A name of 1 to 128 printable ASCII characters.
struct ShortText: JSONReadable {
    static let post = ShortText(checked: "POST")
    let text: String

    private init(checked text: String) {
        self.text = text
    }

    init(json: JSONValue) throws(JSONError) {
        text = try String(json: json)
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw JSONError("must have 1 to 128 printable ASCII characters")
        }
    }
}

/// The number of a slot: a whole number, its decimal digits, or the seconds since 1970 of an RFC 3339 time.
struct SlotNumber: JSONReadable {
    let number: Int64

    init(json: JSONValue) throws(JSONError) {
        switch json {
        case .integer(let number): self.number = number
        case .string(let text):
            guard let number = Int64(text) ?? Timestamp(rfc3339: text)?.seconds else {
                throw JSONError("must be a whole number or an RFC 3339 time")
            }
            self.number = number
        default: throw JSONError("must be a whole number or an RFC 3339 time")
        }
    }
}

/// 1 second to a day.
struct Seconds: JSONReadable {
    let number: Int64

    init(json: JSONValue) throws(JSONError) {
        number = try Int64(json: json)
        guard (1...86_400).contains(number) else { throw JSONError("must be from 1 to 86400") }
    }
}

/// How many: 1 to 100.
struct Count: JSONReadable {
    static let one = Count(checked: 1)
    static let ten = Count(checked: 10)
    let number: Int64

    private init(checked number: Int64) {
        self.number = number
    }

    init(json: JSONValue) throws(JSONError) {
        number = try Int64(json: json)
        guard (1...100).contains(number) else { throw JSONError("must be from 1 to 100") }
    }
}

/// Bytes as base64.
struct Base64Bytes: JSONReadable {
    let bytes: [UInt8]

    init(json: JSONValue) throws(JSONError) {
        guard let bytes = Base64.standard.decode(try String(json: json)) else { throw JSONError("must be base64") }
        self.bytes = bytes
    }
}

/// The id of a lease.
struct LeaseID: JSONReadable {
    let id: UniqueID

    init(json: JSONValue) throws(JSONError) {
        guard let id = UniqueID(parsing: try String(json: json)) else { throw JSONError("must be a UUID") }
        self.id = id
    }
}

/// A header field, an object with `name` and `value`.
struct FieldRequest: JSONObjectReadable {
    let field: QueuedCall.Field

    init(members: inout JSONMembers) throws(JSONError) {
        let name: ShortText = try members.required("name")
        field = QueuedCall.Field(name.text, try members.required("value"))
    }
}
