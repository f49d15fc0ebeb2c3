import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct RoutingTests {
        @Test(arguments: [
            ("GET", "/function/create-account", ["POST"]), ("DELETE", "/function/create-account/", ["POST"]),
            ("GET", "/function/verify-login", ["POST"]), ("PUT", "/function/verify-login", ["POST"]),
            ("POST", "/function/verify-login/jwks", ["GET", "HEAD"]),
            ("BREW", "/function/rotate-credentials", ["POST"]),
            ("POST", "/healthz", ["GET", "HEAD"]), ("DELETE", "/openapi.json", ["GET", "HEAD"]),
        ])
        func `a method that an address does not take is refused with those it takes`(
            method: String, path: String, allowed: [String]
        ) throws {
            let answer = try Installation.here.client.send(method, path)
            #expect(answer.status == 405)
            #expect(answer.slug == "method-not-allowed")
            let methods = answer["allow"]?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
            #expect(methods == allowed)
        }

        @Test(arguments: [
            "/nothing", "/function", "/function/", "/function/nothing", "/function/create-account/x",
            "/function/verify-login/jwks/x", "/function/verify-login/JWKS", "/function/manage-account/nothing",
            "/function/..%2fcreate-account", "/function/create-account/%", "/function/create-account/..",
            "/function/expire-credentials", "/Function/echo",
        ])
        func `an address that is not known is not found, whatever the method`(path: String) throws {
            for method in ["GET", "POST", "DELETE"] {
                let answer = try Installation.here.client.send(method, path)
                #expect(answer.status == 404, "\(method)")
                #expect(answer.slug == "not-found")
            }
        }

        @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/xml", "text/json"])
        func `content of another type is refused, and nothing is made`(type: String?) throws {
            let installation = try Installation.here
            let login = Person.newLogin()
            let fields = type.map { ["Content-Type": $0] } ?? [:]
            let answer = try installation.client.send(
                "POST", "/function/create-account", fields, body: (["login": .string(login)] as JSONValue).text)
            #expect(answer.status == 415)
            #expect(answer.slug == "unsupported-media-type")
            #expect(try installation.store.find("accounts", ["login": .string(login)]).isEmpty)
        }

        @Test func `content of 64 KiB is read, and one byte more is refused`() throws {
            let client = try Installation.here.client
            let most = [UInt8](repeating: UInt8(ascii: " "), count: 65_536)
            let text = ["Content-Type": "text/plain"]
            #expect(try client.send("POST", "/function/echo", text, body: most).body == most)
            for path in ["/function/echo", "/function/create-account", "/function/verify-login"] {
                let answer = try client.send("POST", path, text, body: most + [0])
                #expect(answer.status == 413)
                #expect(answer.slug == "too-large")
            }
        }

        @Test func `a call keeps the id that its caller gave it, where that is fit`() throws {
            let client = try Installation.here.client
            #expect(try client.send("GET", "/healthz", ["X-Call-Id": "my-call.7"])["x-call-id"] == "my-call.7")
            let other = try client.send("GET", "/function/echo", ["X-Call-Id": "not fit"])["x-call-id"]
            #expect(other?.count == 36)
        }

        @Test func `HEAD is answered as GET, without the content`() throws {
            let client = try Installation.here.client
            for path in ["/function/verify-login/jwks", "/healthz", "/openapi.json"] {
                let (get, head) = (try client.send("GET", path), try client.send("HEAD", path))
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                #expect(head["content-type"] == get["content-type"])
            }
        }
    }
}
