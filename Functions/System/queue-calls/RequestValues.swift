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

/// The number of a slot: a whole number, its decimal digits, or the minute as RFC 3339 has it, in UTC.
struct SlotNumber: JSONReadable {
    let number: Int64

    init(json: JSONValue) throws(JSONError) {
        switch json {
        case .integer(let number): self.number = number
        case .string(let text):
            guard let number = Int64(text) ?? Self.seconds(text) else {
                throw JSONError("must be a whole number or an RFC 3339 time in UTC")
            }
            self.number = number
        default: throw JSONError("must be a whole number or an RFC 3339 time in UTC")
        }
    }

    /// Seconds since 1970 at `2026-01-31T09:05Z`, seconds and their fraction left out or not; `nil` for other forms.
    private static func seconds(_ text: String) -> Int64? {
        guard text.hasSuffix("Z"), (17...32).contains(text.utf8.count) else { return nil }
        let main = text.dropLast().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let signs = main.filter { !$0.isNumber }
        guard signs == "--T:" || signs == "--T::" else { return nil }
        let numbers = main.split { !$0.isNumber }.compactMap { Int64($0) }
        guard numbers.count == signs.count + 1, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            numbers[3] < 24, numbers[4] < 60, (numbers.dropFirst(5).first ?? 0) < 61, numbers[0] < 10_000
        else { return nil }
        let days = Self.days(numbers[0], numbers[1], numbers[2])
        return ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + (numbers.dropFirst(5).first ?? 0)
    }

    /// Days from 1970-01-01 to a date, the year taken to begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * monthFromMarch + 2) / 5 + day - 719_469
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

/// 1 to 100 attempts.
struct Attempts: JSONReadable {
    static let usual = Attempts(checked: 10)
    let number: Int64

    private init(checked number: Int64) {
        self.number = number
    }

    init(json: JSONValue) throws(JSONError) {
        number = try Int64(json: json)
        guard (1...100).contains(number) else { throw JSONError("must be from 1 to 100") }
    }
}

/// 1 to 100 calls.
struct CallCount: JSONReadable {
    static let one = CallCount(checked: 1)
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
