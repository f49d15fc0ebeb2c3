import JSON
import Platform
import Testing
import Wire

@testable import Runtime

/// Answers which of its routes was taken.
private struct Signpost: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/", parameters: ["limit"]) { _, request, _ in
            Answer.json(["root": .string(request.parameters["limit"] ?? "")])
        },
        Route("POST", "/", reading: String.self) { _, content, _, _ in Answer.json(["content": .string(content)]) },
        Route("GET", "/open", isOpen: true) { _, _, _ in Answer.json("open") },
        Route("GET", "/own") { _, _, _ in Answer.json("own") },
        Route("DELETE", "/{id}") { _, request, _ in Answer.json(["deleted": .string(request.captures["id"] ?? "")]) },
        Route("GET", "/{id}/parts/{part}") { _, request, _ in
            Answer.json(["id": .string(request.captures["id"] ?? ""), "part": .string(request.captures["part"] ?? "")])
        },
    ]

    func identify(_ request: Request, _: Context) throws {
        guard request.invocation.header("authorization") == "me" else { throw FunctionFailure.unauthorized }
    }

    init() {}
    init(environment: FunctionEnvironment) throws(SetUpFailure) {}
}

@Suite struct RouteTests {
    private func reply(
        _ method: String, _ path: String, query: String? = nil, body: String = "", type: String? = nil,
        caller: String = "me"
    ) -> Reply {
        var invocation = Invocation()
        (invocation.method, invocation.path, invocation.query) = (method, path, query)
        invocation.body = Array(body.utf8)
        invocation.headers = [HeaderField("authorization", caller)]
        if let type { invocation.headers.append(HeaderField("content-type", type)) }
        var handler = Signpost()
        return FunctionRuntime.answer(invocation, with: &handler, FunctionEnvironment(variables: [:]))
    }

    @Test(arguments: [
        ("GET", "/", "{\"root\":\"\"}"), ("HEAD", "/", "{\"root\":\"\"}"), ("GET", "/own", "\"own\""),
        ("DELETE", "/a%2fb", "{\"deleted\":\"a/b\"}"), ("GET", "/7/parts/x", "{\"id\":\"7\",\"part\":\"x\"}"),
    ])
    func `a method and a path lead to one route`(_ method: String, _ path: String, _ text: String) {
        let reply = reply(method, path)
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self) == text)
    }

    @Test(arguments: ["/7/parts", "/7/parts/x/y", "/7/x/8", "/a/b"])
    func `a path that no route has is not found, whatever the method`(_ path: String) {
        for method in ["GET", "POST", "DELETE", "BREW"] { #expect(reply(method, path).status == 404) }
    }

    @Test(arguments: [
        ("PUT", "/", "GET, POST, HEAD"), ("get", "/", "GET, POST, HEAD"), ("POST", "/own", "GET, HEAD"),
        ("DELETE", "/own", "GET, HEAD"), ("GET", "/other", "DELETE"), ("OPTIONS", "/other", "DELETE"),
    ])
    func `a method that the path does not take is refused with those it takes`(
        _ method: String, _ path: String, _ allowed: String
    ) {
        let reply = reply(method, path)
        #expect(reply.status == 405)
        #expect(reply.headers.contains(HeaderField("allow", allowed)))
    }

    @Test func `a query parameter is taken where it is known and refused elsewhere`() {
        #expect(String(decoding: reply("GET", "/", query: "limit=5").body, as: UTF8.self) == "{\"root\":\"5\"}")
        #expect(reply("GET", "/", query: "limits=5").status == 400)
        #expect(reply("GET", "/own", query: "limit=5").status == 400)
        #expect(reply("POST", "/", query: "x=1", body: "\"a\"", type: "application/json").status == 400)
    }

    @Test func `who has not proven himself learns that first, where a route asks for it`() {
        #expect(reply("GET", "/own", query: "x=1", caller: "nobody").status == 401)
        #expect(reply("GET", "/own", query: "%zz", caller: "nobody").status == 401)
        #expect(reply("GET", "/open", query: "x=1", caller: "nobody").status == 400)
        #expect(reply("GET", "/none/here", query: "x=1", caller: "nobody").status == 404)
    }

    @Test func `content is read before the route's own work`() {
        #expect(reply("POST", "/", body: "\"a\"", type: "application/json").status == 200)
        #expect(reply("POST", "/", body: "\"a\"", type: "text/plain").status == 415)
        #expect(reply("POST", "/", body: "{}", type: "application/json").status == 400)
    }
}
