import JSON
import Testing
import Wire

@testable import Runtime

@Suite struct RequestTests {
    private func request(_ path: String = "/", body: String = "", type: String? = nil) throws -> Request {
        var invocation = Invocation()
        invocation.path = path
        invocation.body = Array(body.utf8)
        if let type { invocation.headers = [HeaderField("content-type", type)] }
        return try Request(invocation)
    }

    @Test(arguments: [
        ("/", []), ("/a", ["a"]), ("/a/b", ["a", "b"]), ("/a%2Fb/c", ["a/b", "c"]), ("/%41+%2b", ["A++"]),
        ("/%c3%A9", ["\u{e9}"]), ("/..%2f..", ["../.."]), ("/a//b/", ["a", "b"]), ("/%2e%2e", [".."]),
    ])
    func `a path is taken apart at its slashes before it is decoded`(_ path: String, _ segments: [String]) throws {
        #expect(try request(path).segments == segments)
    }

    @Test(arguments: [
        "application/json", "APPLICATION/JSON", "application/json; charset=utf-8", "application/json;charset=UTF-8",
        " application/json ; charset=\"utf-8\"", "application/json; x=y",
    ])
    func `content of the right type is read`(_ type: String) throws {
        #expect(try request(body: "\"text\"", type: type).content(as: String.self) == "text")
    }

    @Test(arguments: [
        nil, "", "text/json", "application/jsonp", "application/json+x", "application/merge-patch+json", "json",
        "application/json, text/plain", "application/json; charset=iso-8859-1", "application/json; charset=utf-16",
        "application /json", "*/*",
    ])
    func `content of another type is refused, whatever it holds`(_ type: String?) throws {
        let failure = #expect(throws: FunctionFailure.self) {
            try request(body: "{", type: type).content(as: String.self)
        }
        #expect(failure?.status == 415)
    }

    @Test(arguments: ["", "{", "1", "null", "\"a\" \"b\""])
    func `content that is not what was asked for is refused`(_ body: String) throws {
        let failure = #expect(throws: FunctionFailure.self) {
            try request(body: body, type: "application/json").content(as: String.self)
        }
        #expect(failure?.status == 400)
        #expect(failure?.errors.count == 1)
    }

    @Test func `a merge patch is read where it is asked for`() throws {
        let request = try request(body: "\"text\"", type: "application/merge-patch+json")
        #expect(try request.content(as: String.self, mediaTypes: ["application/merge-patch+json"]) == "text")
    }
}
