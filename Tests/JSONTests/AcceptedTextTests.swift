import JSON
import Testing

@Suite struct AcceptedTextTests {
    @Test(arguments: AcceptedText.literals + AcceptedText.numbers + AcceptedText.strings)
    func `a text stands for exactly one value`(_ accepted: AcceptedText) throws {
        #expect(try JSONValue(parsing: Array(accepted.text.utf8)) == accepted.value)
    }

    @Test(arguments: AcceptedText.literals + AcceptedText.strings)
    func `a value that is written and read again is the same`(_ accepted: AcceptedText) throws {
        #expect(try JSONValue(parsing: accepted.value.text) == accepted.value)
    }

    @Test(arguments: [0.1, -2.5e-8, 1e16, 1e300, .greatestFiniteMagnitude, 123_456_789.123])
    func `a number that is written and read again is the same`(_ number: Double) throws {
        #expect(try JSONValue(parsing: JSONValue.number(number).text) == .number(number))
    }

    @Test func `members keep the order that they came in`() throws {
        let text = Array(#"{"z":1,"a":2,"m":{"y":3,"b":4}}"#.utf8)
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test func `control characters are written as escapes`() {
        let value: JSONValue = "\u{0}\u{1f}\"\\\n\r\t\u{7f}"
        #expect(String(decoding: value.text, as: UTF8.self) == #""\u0000\u001f\"\\\n\r\t"# + "\u{7f}\"")
    }

    @Test(arguments: [1, 2, 63, 64])
    func `a text may be nested sixty-four levels deep`(_ levels: Int) throws {
        _ = try JSONValue(parsing: Array(repeating: UInt8(ascii: "["), count: levels) + closing(levels))
    }

    @Test(arguments: [65, 66, 30_000])
    func `a text that is nested more deeply is refused`(_ levels: Int) {
        let opening = [UInt8](repeating: UInt8(ascii: "["), count: levels)
        #expect(throws: JSONError.self) { try JSONValue(parsing: opening + closing(levels)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: opening) }
    }

    @Test func `many values beside one another are not nested`() throws {
        let text = "[" + Array(repeating: "[]", count: 10_000).joined(separator: ",") + "]"
        guard case .array(let elements) = try JSONValue(parsing: Array(text.utf8)) else {
            Issue.record("an array was read as something else")
            return
        }
        #expect(elements.count == 10_000)
    }

    private func closing(_ levels: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "]"), count: levels)
    }
}
