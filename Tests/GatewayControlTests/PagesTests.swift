import Foundation
import Testing

@testable import GatewayControl

@Suite struct PagesTests {
    private static let files = [
        "home.html": "<h1>Home</h1>", "login.html": "<h1>Log in</h1>", "not-found.html": "<h1>Nothing</h1>",
        "admin/audit.html": "<h1>Audit</h1>", "assets/style/base.css": "body{}", "assets/scripts/a.js": "let a;",
        "assets/icon.svg": "<svg/>", "notes.md": "notes", ".hidden.css": "hidden", "Large.css": "large",
        "assets/.git/config.txt": "config", "openapi.json": "{}",
    ]

    private func withPages(_ body: (RunningGateway, URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in Self.files {
            let file = folder.appending(path: "pages/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try Data("outside".utf8).write(to: folder.appending(path: "outside.txt"))
        let pages = folder.appending(path: "pages")
        let gateway = try RunningGateway(
            stack: "functions:\n  faulty-function: {}\n", environment: ["PAGES": pages.path])
        defer { gateway.close() }
        try body(gateway, pages)
    }

    @Test func `a page has its address, its type, and fields that keep other code out`() throws {
        try withPages { gateway, _ in
            for (path, type, text) in [
                ("/", "text/html; charset=utf-8", "<h1>Home</h1>"),
                ("/login?to=/account", "text/html; charset=utf-8", "<h1>Log in</h1>"),
                ("/admin/audit", "text/html; charset=utf-8", "<h1>Audit</h1>"),
                ("/assets/style/base.css", "text/css; charset=utf-8", "body{}"),
                ("/assets/scripts/a.js", "text/javascript; charset=utf-8", "let a;"),
                ("/assets/icon.svg", "image/svg+xml", "<svg/>"),
            ] {
                let answer = try gateway.ask(path)
                #expect(answer.status == 200 && answer.body == text, "\(path): \(answer)")
                #expect(answer.fields["content-type"] == type)
                #expect(answer.fields["cache-control"] == "no-cache")
                #expect(answer.fields["x-content-type-options"] == "nosniff")
                #expect(answer.fields["referrer-policy"] == "no-referrer")
                #expect(answer.fields["cross-origin-opener-policy"] == "same-origin")
                #expect(answer.fields["cross-origin-resource-policy"] == "same-origin")
                let policy = try #require(answer.fields["content-security-policy"])
                #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
                #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
            }
        }
    }

    @Test func `a copy that is still good is not sent again, and one that is not is`() throws {
        try withPages { gateway, _ in
            let first = try gateway.ask("/login")
            let tag = try #require(first.fields["etag"])
            for condition in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
                let again = try gateway.ask("/login", "-H", "If-None-Match: \(condition)")
                #expect(again.status == 304 && again.body.isEmpty && again.fields["etag"] == tag, "\(again)")
            }
            for condition in ["\"other\"", tag.replacingOccurrences(of: "\"", with: "")] {
                #expect(try gateway.ask("/login", "-H", "If-None-Match: \(condition)").status == 200)
            }
            let head = try gateway.ask("/login", "-I")
            #expect(head.status == 200 && head.fields["etag"] == tag && head.body.isEmpty)
            #expect(head.fields["content-length"] == String(first.body.utf8.count))
            let posted = try gateway.ask("/login", body: "login=alice")
            #expect(posted.status == 413 && posted.problem == "too-large")
            #expect(try gateway.ask("/login", "-X", "DELETE").fields["allow"] == "GET, HEAD")
        }
    }

    private static let long = "<p>" + String(repeating: "A page of many words. ", count: 100)

    private static let accepted = [
        ("gzip, deflate, br, zstd", true), ("GZIP;q=0.5", true), ("*", true), ("br;q=1, *;q=0.1", true),
        ("identity", false), ("gzip;q=0", false), ("*, gzip; q=0.000", false), ("*;q=0", false), ("", false),
    ]

    @Test func `whoever takes gzip gets a page packed, with a tag of its own, and nobody else does`() throws {
        try withPages { gateway, pages in
            try Data(Self.long.utf8).write(to: pages.appending(path: "login.html"))
            #expect(try eventually { try gateway.ask("/login").body == Self.long })
            let plain = try gateway.ask("/login")
            for (accepted, isPacked) in Self.accepted {
                let asked = ["-H", "Accept-Encoding: \(accepted)"]
                let head = try gateway.ask("/login", arguments: ["-I"] + asked)
                #expect(head.fields["content-encoding"] == (isPacked ? "gzip" : nil), "\(accepted): \(head)")
                #expect(head.fields["vary"] == "Accept-Encoding" && plain.fields["vary"] == "Accept-Encoding")
                let length = try #require(head.fields["content-length"].flatMap { Int($0) })
                #expect(isPacked ? length < 200 : length == Self.long.utf8.count)
                let tag = try #require(head.fields["etag"])
                #expect((tag == plain.fields["etag"]) == !isPacked)
                let known = ["-H", "If-None-Match: \(tag)"]
                #expect(try gateway.ask("/login", arguments: asked + known).status == 304)
                #expect(try gateway.ask("/login", arguments: known).status == (isPacked ? 200 : 304))
                #expect(try gateway.ask("/login", arguments: ["--compressed"] + asked).body == Self.long)
            }
        }
    }

    @Test func `what packing would not make smaller is sent as it stands, and so are refusals`() throws {
        try withPages { gateway, _ in
            for path in ["/", "/assets/icon.svg", "/openapi.json"] {
                let answer = try gateway.ask(path, "-H", "Accept-Encoding: gzip")
                #expect(answer.status == 200 && answer.fields["content-encoding"] == nil, "\(answer)")
            }
            let contract = try gateway.ask("/openapi.json")
            #expect(contract.body == "{}" && contract.fields["content-type"] == "application/json")
            let missing = try gateway.ask("/nothing", "-H", "Accept-Encoding: gzip")
            #expect(missing.status == 404 && missing.fields["content-encoding"] == nil)
        }
    }

    private static let elsewhere = [
        "/../outside.txt", "/assets/../../outside.txt", "/assets/..%2f..%2foutside.txt", "/%2e%2e/outside.txt",
        "/..%2foutside.txt", "/assets/style/base.css%00", "/%00", "//login", "/./login", "/login/", "/Login",
        "/login.html", "/login%2ehtml", "/%6cogin", "/assets", "/assets/", "/assets/style", "/notes.md", "/notes",
        "/.hidden.css", "/Large.css", "/assets/.git/config.txt", "/not-found", "/home", "/admin", "/admin/audit/..",
        "/assets\\style\\base.css", "/etc/passwd", "/..;/outside.txt", "/assets/scripts/a.js/",
    ]

    @Test func `no spelling of a path leaves the pages`() throws {
        try withPages { gateway, _ in
            for path in Self.elsewhere {
                let page = try gateway.ask(path, "-H", "Accept: text/html,*/*;q=0.8")
                #expect(page.status == 404 && page.body == "<h1>Nothing</h1>" || page.status == 400, "\(path): \(page)")
                let problem = try gateway.ask(path)
                #expect(
                    problem.status == 404 && problem.problem == "not-found" || problem.status == 400,
                    "\(path): \(problem)")
            }
        }
    }

    @Test func `a page that changes, comes or goes does so without a restart`() throws {
        try withPages { gateway, pages in
            try Data("<h1>New</h1>".utf8).write(to: pages.appending(path: "login.html"))
            try Data("<h1>More</h1>".utf8).write(to: pages.appending(path: "more.html"))
            try FileManager.default.removeItem(at: pages.appending(path: "admin/audit.html"))
            #expect(try eventually { try gateway.ask("/login").body == "<h1>New</h1>" })
            #expect(try eventually { try gateway.ask("/more").body == "<h1>More</h1>" })
            #expect(try eventually { try gateway.ask("/admin/audit").status == 404 })
        }
    }
}
