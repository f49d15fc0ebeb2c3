import JSON
import Testing

/// A content with all the kinds of member that contents have.
private struct Sample: JSONObjectReadable, Equatable {
    let name: String
    let count: Int64?
    let isNew: Bool?
    let tags: [String]?
    let inner: Inner?

    struct Inner: JSONObjectReadable, Equatable {
        let value: Int64

        init(members: inout JSONMembers) throws(JSONError) {
            value = try members.required("value")
        }
    }

    init(members: inout JSONMembers) throws(JSONError) {
        name = try members.required("name")
        count = try members.optional("count")
        isNew = try members.optional("isNew")
        tags = try members.optional("tags")
        inner = try members.optional("inner")
    }
}

@Suite struct MemberReadingTests {
    private func read(_ text: String) throws -> Sample {
        try Sample(json: JSONValue(parsing: Array(text.utf8)))
    }

    @Test func `what is asked for is given, and what may be missing may be missing`() throws {
        let whole = try read(#"{"tags":["x","y"],"isNew":true,"count":-3,"inner":{"value":7},"name":"n"}"#)
        #expect(whole.name == "n")
        #expect(whole.count == -3)
        #expect(whole.isNew == true)
        #expect(whole.tags == ["x", "y"])
        #expect(whole.inner?.value == 7)
        let least = try read(#"{"name":""}"#)
        #expect(least.count == nil && least.isNew == nil && least.tags == nil && least.inner == nil)
    }

    @Test(arguments: [
        ("[]", ""), ("null", ""), ("\"name\"", ""), ("{}", "/name"), (#"{"name":null}"#, "/name"),
        (#"{"name":1}"#, "/name"), (#"{"name":{"$gt":""}}"#, "/name"), (#"{"name":["n"]}"#, "/name"),
        (#"{"name":"n","count":"1"}"#, "/count"), (#"{"name":"n","count":1.5}"#, "/count"),
        (#"{"name":"n","count":1e-2}"#, "/count"), (#"{"name":"n","count":9223372036854775808}"#, "/count"),
        (#"{"name":"n","count":null}"#, "/count"), (#"{"name":"n","isNew":0}"#, "/isNew"),
        (#"{"name":"n","isNew":"true"}"#, "/isNew"), (#"{"name":"n","tags":"x"}"#, "/tags"),
        (#"{"name":"n","tags":["x",2]}"#, "/tags/1"), (#"{"name":"n","tags":[[]]}"#, "/tags/0"),
        (#"{"name":"n","inner":{}}"#, "/inner/value"), (#"{"name":"n","inner":{"value":1,"x":2}}"#, "/inner/x"),
        (#"{"name":"n","other":1}"#, "/other"), (#"{"name":"n","Name":"n"}"#, "/Name"),
        (#"{"name":"n","a/b~c":1}"#, "/a~1b~0c"), (#"{"name":"n","$where":"1"}"#, "/$where"),
    ])
    func `what is not as asked is refused, and the place is named`(_ text: String, _ pointer: String) {
        let error = #expect(throws: JSONError.self) { try read(text) }
        #expect(error?.pointer == pointer)
    }

    @Test(
        arguments: [
            ("7", 7), ("-7", -7), ("7.0", 7), ("1e2", 100), ("1.5e1", 15), ("-0.0", 0), ("9223372036854775807", .max),
        ] as [(String, Int64)])
    func `a whole number is one however it is written`(_ text: String, _ number: Int64) throws {
        #expect(try read("{\"name\":\"n\",\"count\":\(text)}").count == number)
    }

    @Test func `a name that only looks like a known one is not known`() {
        struct Key: JSONObjectReadable {
            let value: Int64?
            init(members: inout JSONMembers) throws(JSONError) { value = try members.optional("K") }
        }
        let error = #expect(throws: JSONError.self) {
            try Key(json: JSONValue(parsing: Array("{\"\u{212a}\":1}".utf8)))
        }
        #expect(error?.pointer == "/\u{212a}")
    }
}
