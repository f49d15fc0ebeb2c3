import Testing

@testable import Runtime

@Suite struct QueryStringTests {
    @Test(
        arguments: [
            (nil, [:]), ("", [:]), ("&", [:]), ("a=1", ["a": "1"]), ("a=1&b=2", ["a": "1", "b": "2"]), ("a", ["a": ""]),
            ("a=", ["a": ""]), ("a=b=c", ["a": "b=c"]), ("a=x+y", ["a": "x y"]), ("a=x%2By", ["a": "x+y"]),
            ("%61=%C3%A9", ["a": "\u{e9}"]), ("a=1&&b=2&", ["a": "1", "b": "2"]), ("a=%26b%3D2", ["a": "&b=2"]),
            ("a=$gt", ["a": "$gt"]),
        ] as [(String?, [String: String])])
    func `parameters that are known are given`(_ query: String?, _ parameters: [String: String]) throws {
        #expect(try QueryString.parse(query, known: ["a", "b"]) == parameters)
    }

    @Test(arguments: [
        "c=1", "a=1&c=2", "=1", "a[$gt]=1", "A=1", "a=1&a=1", "a=1&%61=2", "a=%", "a=%4", "a=%zz", "a=%00", "a=%ff",
        "%ff=1", "a=%c0%80", "a%00=1", "a=%u0041",
    ])
    func `a parameter that is unknown, doubled or badly encoded is refused`(_ query: String) {
        let failure = #expect(throws: FunctionFailure.self) { try QueryString.parse(query, known: ["a", "b"]) }
        #expect(failure?.status == 400)
    }
}

@Suite struct PercentEncodingTests {
    @Test(arguments: UInt8.min...UInt8.max)
    func `every escape of one byte is either its character or refused`(_ byte: UInt8) {
        let digits = String(byte, radix: 16)
        let escape = "%" + (byte < 16 ? "0" : "") + digits
        let expected = (1..<0x80).contains(byte) ? String(Unicode.Scalar(byte)) : nil
        #expect(PercentEncoding.decode(escape) == expected)
        #expect(PercentEncoding.decode(escape.uppercased()) == expected)
    }

    @Test(arguments: [
        ("%f0%9f%98%80", "\u{1f600}"), ("a%62c", "abc"), ("%25%34%31", "%41"), ("+", "+"), ("", ""),
        ("\u{e9}", "\u{e9}"),
    ])
    func `escapes are decoded once`(_ encoded: String, _ decoded: String) {
        #expect(PercentEncoding.decode(encoded) == decoded)
    }
}
