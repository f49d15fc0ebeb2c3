/// Reads one JSON text (RFC 8259) strictly: UTF-8, no member twice, no lone surrogate, at most 64 levels deep.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parse() throws(JSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw JSONError("has something after its end") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try nested { (parser) throws(JSONError) in try parser.object() })
        case UInt8(ascii: "["): return .array(try nested { (parser) throws(JSONError) in try parser.array() })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func nested<Result>(
        _ body: (inout JSONParser) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw JSONError("is nested too deeply") }
        position += 1
        return try body(&self)
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        var object = JSONObject()
        var names: Set<ExactText> = []
        if take("}") { return object }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw JSONError("has a member without a name in quotes") }
            let name = try string()
            guard names.insert(ExactText(name)).inserted else { throw JSONError("stands twice").inside(name) }
            guard take(":") else { throw JSONError("has a name without a colon") }
            do { object.append(name, try value()) } catch { throw error.inside(name) }
            if take("}") { return object }
            guard take(",") else { throw JSONError("has members without a comma between them") }
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        if take("]") { return elements }
        while true {
            do { elements.append(try value()) } catch { throw error.inside(String(elements.count)) }
            if take("]") { return elements }
            guard take(",") else { throw JSONError("has elements without a comma between them") }
        }
    }

    private mutating func string() throws(JSONError) -> String {
        var scanner = JSONStringScanner(bytes, at: position + 1)
        let text = try scanner.scan()
        position = scanner.position
        return text
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        var scanner = JSONNumberScanner(bytes, at: position)
        let number = try scanner.scan()
        position = scanner.position
        return number
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let expected = Array("\(text)".utf8)
        guard bytes[position...].starts(with: expected) else { throw JSONError("is not JSON") }
        position += expected.count
        return value
    }

    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard let byte = peek, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }
}
