import JSON
import Testing

@Suite struct RefusedTextTests {
    @Test(arguments: [
        "", " ", "nul", "nulll", "NULL", "True", "undefined", "NaN", "Infinity", "-Infinity", "'a'", "a", "\u{feff}{}",
        "[1] 2", "{} {}", "1 1", "null,", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]",
        "[1}", "{1:2}", "{a:1}", "{'a':1}", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}",
        "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{\"a\":1]", "{null:1}", "{[]:1}", "/**/1", "// a\n1", "1 # a",
        "[\u{a0}1]", "[\u{c}1]", "[\u{b}1]", "\u{2028}1", "\u{0}", "1\u{0}", "[1]\u{0}",
    ])
    func `a text of another structure is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [
        "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1.e2", "1e", "1e+", "1e-", "1E", "1e2.5", "1e2e3", "0x10",
        "0b1",
        "1_000", "1,0", "--1", "- 1", "1a", "\u{ff11}", "1e400", "-1e400", "2e308", "1.0.0", "0e", "0e+", "Inf", "- 0",
    ])
    func `what is almost a number is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [
        "\"", "\"a", "\"\\", "\"\\\"", #""\a""#, #""\'""#, #""\x41""#, #""\0""#, #""\U0041""#, #""\u""#, #""\u004""#,
        #""\u004g""#, #""\u+041""#, #""\u 041""#, "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1f}\"", "\"a\nb\"",
        "\"\\\u{e9}\"", "\"\\u00\u{e9}\"", "\"\\u\u{ff10}041\"",
    ])
    func `what is almost a string is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\udfff""#, #""\ud800a""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\ud800\ud800""#,
        #""\ude00\ud83d""#, #""\ud83d\ude0""#, #""\ud83d\u""#, #""\ud83d\""#, #""a\ud83d"#,
    ])
    func `half of a surrogate pair is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            [0x80], [0xff], [0xc3], [0xc3, 0x28], [0xc0, 0x80], [0xc1, 0xbf], [0xe2, 0x82], [0xe0, 0x80, 0x80],
            [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80],
            [0xf8, 0x88, 0x80, 0x80, 0x80], [0xfe], [0xe9],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        #expect(throws: JSONError.self) { try JSONValue(parsing: quote + bytes + quote) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array("{\"".utf8) + bytes + Array("\":1}".utf8)) }
    }

    @Test func `a text that is cut short anywhere is refused`() throws {
        let whole = Array(#"{"a":[1.5e3,true,null,"\u00e9\ud83d\ude00x"],"b":{"c":-1}}"#.utf8)
        _ = try JSONValue(parsing: whole)
        for length in 0..<whole.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(whole.prefix(length))) }
        }
    }

    @Test func `any two bytes either are refused or are read the same way twice`() throws {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                guard let value = try? JSONValue(parsing: [first, second]) else { continue }
                #expect(try JSONValue(parsing: value.text) == value)
            }
        }
    }
}
