import JSON
import Testing

/// A JSON text and the value that it stands for.
struct AcceptedText: Sendable, CustomTestStringConvertible {
    let text: String
    let value: JSONValue

    init(_ text: String, _ value: JSONValue) {
        self.text = text
        self.value = value
    }

    var testDescription: String { text }

    static let literals: [AcceptedText] = [
        .init("null", .null), .init("true", true), .init("false", false), .init(" \t\r\n null \t\r\n", .null),
        .init("[]", []), .init("[ ]", []), .init("{}", [:]), .init("{ }", [:]), .init("\"\"", ""),
        .init("[null]", [.null]), .init("[[],[[]]]", [[], [[]]]), .init("[1,\"a\",false]", [1, "a", false]),
        .init("{\"a\":{\"b\":[]}}", ["a": ["b": []]]), .init("{\"\":0}", ["": 0]),
        .init("{\"a\":1,\"A\":2}", ["a": 1, "A": 2]), .init("{ \"a\" : 1 , \"b\" : 2 }", ["a": 1, "b": 2]),
    ]

    static let numbers: [AcceptedText] = [
        .init("0", 0), .init("-0", 0), .init("7", 7), .init("-1", -1), .init("1234567890", 1_234_567_890),
        .init("9223372036854775807", .integer(.max)), .init("-9223372036854775808", .integer(.min)),
        .init("9223372036854775808", .number(9_223_372_036_854_775_808)), .init("1.0", .number(1)),
        .init("0.5", .number(0.5)), .init("-0.5", .number(-0.5)), .init("1e2", .number(100)),
        .init("1E2", .number(100)), .init("1e+2", .number(100)), .init("1e-2", .number(0.01)),
        .init("0e0", .number(0)), .init("1.5e300", .number(1.5e300)), .init("1e-400", .number(0)),
        .init("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
    ]

    static let strings: [AcceptedText] = [
        .init(#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), .init(#""\u0041\u00e9\u20AC""#, "A\u{e9}\u{20ac}"),
        .init(#""\u0000""#, "\u{0}"), .init(#""\ud83d\ude00""#, "\u{1f600}"), .init(#""\uD800\uDC00""#, "\u{10000}"),
        .init(#""\uDBFF\uDFFF""#, "\u{10ffff}"), .init(#""\uFFFF\uFFFE\ufeff""#, "\u{ffff}\u{fffe}\u{feff}"),
        .init("\"\u{7f}\u{80}\u{2028}\u{2029}\"", "\u{7f}\u{80}\u{2028}\u{2029}"),
        .init("\"\u{e9}\u{20ac}\u{1f600}\"", "\u{e9}\u{20ac}\u{1f600}"), .init(#""\\u0041""#, "\\u0041"),
        .init(#""/""#, "/"), .init(#""$gt""#, "$gt"),
    ]
}
