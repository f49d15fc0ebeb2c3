import JSON
import Testing

@Suite struct DoubledMemberTests {
    @Test(arguments: [
        (#"{"a":1,"a":1}"#, "/a"), (#"{"a":1,"b":2,"a":3}"#, "/a"), (#"{"a":1,"\u0061":2}"#, "/a"),
        (#"{"a":null,"a":null}"#, "/a"), (#"{"":1,"":2}"#, "/"), (#"{"x":{"a":1,"a":2}}"#, "/x/a"),
        (#"[0,{"a":1,"a":2}]"#, "/1/a"), (#"{"a/b":1,"a/b":2}"#, "/a~1b"), (#"{"a~b":1,"a~b":2}"#, "/a~0b"),
    ])
    func `members that stand twice are refused, and the place is named`(_ text: String, _ pointer: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(error?.pointer == pointer)
    }

    @Test func `members are the same by their code points, not by their looks`() throws {
        let text = "{\"\u{e9}\":1,\"e\u{301}\":2,\"K\":3,\"\u{212a}\":4}"
        guard case .object(let object) = try JSONValue(parsing: Array(text.utf8)) else {
            Issue.record("an object was read as something else")
            return
        }
        #expect(object.members.map(\.value) == [1, 2, 3, 4])
        #expect(object["K"] == 3)
        #expect(object["\u{212a}"] == 4)
    }

    @Test func `a doubled member is found among thousands`() {
        let members = (0..<5000).map { "\"m\($0)\":0" } + ["\"m17\":1"]
        let text = "{" + members.joined(separator: ",") + "}"
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(error?.pointer == "/m17")
    }
}
