/// Puts variables' values in place of `${NAME}` and `${NAME:-default}`, before the text is read as YAML.
///
/// `$$` stands for one `$`; a `$` without a brace stays. A default may hold further `${…}`.
struct Substitution {
    private static let depthLimit = 8
    private static let outputLimit = 4 * 1024 * 1024

    private let text: [UInt8]
    private let environment: [String: String]
    private var position = 0
    private var line = 1
    private var written = 0

    /// `text` with every reference replaced; a variable that is not set is empty.
    static func apply(to text: [UInt8], environment: [String: String]) throws(StackError) -> [UInt8] {
        guard text.contains(UInt8(ascii: "$")) else { return text }
        var substitution = Substitution(text: text, environment: environment)
        return try substitution.run(depth: 0)
    }

    private init(text: [UInt8], environment: [String: String]) {
        self.text = text
        self.environment = environment
    }

    /// Copies up to the end, or inside a default up to its closing brace.
    private mutating func run(depth: Int) throws(StackError) -> [UInt8] {
        guard depth <= Self.depthLimit else { throw failure("the defaults of ${…} are nested too deep") }
        var output: [UInt8] = []
        while let byte = peek() {
            if byte == UInt8(ascii: "}"), depth > 0 { return output }
            if byte == UInt8(ascii: "$"), peek(1) == UInt8(ascii: "$") {
                position += 2
                output.append(byte)
            } else if byte == UInt8(ascii: "$"), peek(1) == UInt8(ascii: "{") {
                position += 2
                output += try reference(depth: depth)
            } else {
                advance()
                output.append(byte)
            }
            guard output.count <= Self.outputLimit else { throw failure("the values of ${…} are too large") }
        }
        if depth > 0 { throw failure("a ${ is not closed") }
        return output
    }

    private mutating func reference(depth: Int) throws(StackError) -> [UInt8] {
        let name = variableName()
        guard !name.isEmpty else { throw failure("a ${ is not followed by a variable's name") }
        let value = environment[name]
        guard let fallback = try fallback(depth: depth) else { return Array((value ?? "").utf8) }
        if let value, !(value.isEmpty && fallback.alsoForEmpty) { return Array(value.utf8) }
        return fallback.text
    }

    private mutating func fallback(depth: Int) throws(StackError) -> (text: [UInt8], alsoForEmpty: Bool)? {
        let alsoForEmpty = peek() == UInt8(ascii: ":")
        if alsoForEmpty { position += 1 }
        switch peek() {
        case UInt8(ascii: "}") where !alsoForEmpty:
            position += 1
            return nil
        case UInt8(ascii: "-"), UInt8(ascii: "="):
            position += 1
            let text = try run(depth: depth + 1)
            position += 1
            return (text, alsoForEmpty)
        case nil:
            throw failure("a ${ is not closed")
        default:
            throw failure("of the forms of ${…} only ${NAME} and ${NAME:-default} are known")
        }
    }

    private mutating func variableName() -> String {
        let start = position
        while let byte = peek(), Self.isNameByte(byte) { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < text.count ? text[position + ahead] : nil
    }

    private mutating func advance() {
        if text[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private func failure(_ what: String) -> StackError {
        StackError(.substitution(what), line: line)
    }
}
