import JSON
import Testing
import Wire

@testable import Runtime

@Suite struct FunctionFailureTests {
    static let all: [FunctionFailure] = [
        .invalidRequest(detail: "d"), .notFound, .methodNotAllowed(allowed: ["GET"]), .unsupportedMediaType(["a/b"]),
        .tooLarge, .unauthorized, .forbidden, .unavailable(retryAfter: 1), .overloaded(retryAfter: 1), .internalError,
    ]

    @Test(arguments: all)
    func `a failure is answered as a problem document that no cache keeps`(_ failure: FunctionFailure) throws {
        let answer = failure.answer
        #expect(answer.status == failure.status)
        #expect(answer.headers.contains(HeaderField("content-type", "application/problem+json")))
        #expect(answer.headers.contains(HeaderField("cache-control", "no-store")))
        guard case .object(let document) = try JSONValue(parsing: answer.body) else {
            Issue.record("the document is not an object")
            return
        }
        #expect(document.members.map(\.name) == ["type", "title", "status", "detail"])
        #expect(document["type"] == .string("urn:passerelle:problem:" + failure.slug))
        #expect(document["status"] == .integer(Int64(failure.status)))
    }

    @Test func `the fields at fault are named by their pointers`() throws {
        let failure = FunctionFailure.invalidRequest(JSONError("is missing").inside("a/b").inside("c"))
        guard case .object(let document) = try JSONValue(parsing: failure.answer.body) else {
            Issue.record("the document is not an object")
            return
        }
        #expect(document["errors"] == [["pointer": "/c/a~1b", "detail": "is missing"]])
    }

    @Test func `members of its own come behind the standard's`() throws {
        var failure = FunctionFailure.forbidden
        failure.members = JSONObject([("renewalToken", "t")])
        guard case .object(let document) = try JSONValue(parsing: failure.answer.body) else {
            Issue.record("the document is not an object")
            return
        }
        #expect(document.members.last?.name == "renewalToken")
    }

    @Test(arguments: [
        (FunctionFailure.methodNotAllowed(allowed: ["GET", "PUT"]), HeaderField("allow", "GET, PUT")),
        (.unauthorized, HeaderField("www-authenticate", "Bearer")),
        (.unavailable(retryAfter: 7), HeaderField("retry-after", "7")),
        (.overloaded(retryAfter: 2), HeaderField("retry-after", "2")),
    ])
    func `what a caller can do about it is said in a field`(_ failure: FunctionFailure, _ field: HeaderField) {
        #expect(failure.answer.headers.contains(field))
    }

    @Test func `an answer with a secret is kept out of caches, pages and guesses`() {
        let fields = Answer.json(["a": 1]).keptSecret().headers.map { "\($0.name): \($0.value)" }
        #expect(
            Set(fields).isSuperset(of: [
                "cache-control: no-store", "pragma: no-cache", "referrer-policy: no-referrer",
                "x-content-type-options: nosniff",
            ]))
    }
}
