/// Why bytes are not the JSON that was asked for, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// The place, as a JSON Pointer (RFC 6901); empty for the whole.
    public let pointer: String
    /// What is wrong there, a clause for people.
    public let detail: String

    /// Says what is wrong at `pointer`.
    public init(pointer: String = "", _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// The same fault, seen from one level further out.
    public func inside(_ member: String) -> JSONError {
        JSONError(pointer: "/" + JSONPointer.escape(member) + pointer, detail)
    }
}

enum JSONPointer {
    static func escape(_ token: String) -> String {
        var escaped = ""
        for character in token.unicodeScalars {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
