import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Testing

@testable import GatewayControl

/// A pool that is never called.
private final class NoPool: FunctionPool {
    var load: PoolLoad { PoolLoad() }

    func start() {}
    func stop() {}

    func call(_ call: PendingCall) {}
}

@Suite struct RoutingTests {
    private func target(_ path: String) throws -> String {
        let text = """
            functions:
              echo: {}
              placed: {namespace: games}
              hidden: {annotations: {passerelle.internal: "true"}}
            """
        let functions = try StackFile(parsing: Array(text.utf8), environment: [:]).functions.map {
            ($0.name, FunctionEntry(definition: $0, pool: NoPool()))
        }
        let pages = PageTable(["home.html": [], "login.html": [], "assets/a.css": [], "not-found.html": []])
        switch Target(
            RequestHead(method: "GET", path: path), functions: Dictionary(uniqueKeysWithValues: functions), pages: pages
        )
        {
        case .function(let entry, let rest): return entry.definition.name + " " + path.dropFirst(rest)
        case .health: return "health"
        case .metrics: return "metrics"
        case .contract: return "contract"
        case .async(let entry, let rest): return "later " + entry.definition.name + " " + path.dropFirst(rest)
        case .system: return "system"
        case .page(let page): return page.mediaType
        case .nothing: return "nothing"
        case .noPage: return "no page"
        }
    }

    @Test(arguments: [
        ("/function/echo", "echo "), ("/function/echo/", "echo /"), ("/function/echo/a/b%2f", "echo /a/b%2f"),
        ("/function/echo.openfaas-fn/x", "echo /x"), ("/function/placed.games", "placed "),
        ("/healthz", "health"), ("/openapi.json", "contract"),
        ("/function/placed.openfaas-fn", "nothing"), ("/function/echo.", "nothing"), ("/function/echo.a.b", "nothing"),
        ("/function/", "nothing"), ("/function", "no page"), ("/function//echo", "nothing"),
        ("/", "text/html; charset=utf-8"), ("/login", "text/html; charset=utf-8"),
        ("/assets/a.css", "text/css; charset=utf-8"), ("/login.html", "no page"), ("/login/", "no page"),
        ("//login", "no page"),
        ("/%6cogin", "no page"), ("/assets/../login", "no page"), ("/assets/a.css%00", "no page"),
        ("/not-found", "no page"),
        ("/home", "no page"),
        ("/function/Echo", "nothing"), ("/function/ech%6f", "nothing"), ("/function/hidden", "nothing"),
        ("/function/hidden.openfaas-fn", "nothing"), ("/healthz/", "no page"), ("*", "no page"),
        ("/system/functions", "system"), ("/system/", "system"), ("/system", "no page"), ("/System/info", "no page"),
        ("/async-function/echo", "later echo "), ("/async-function/echo/a", "later echo /a"),
        ("/async-function/hidden", "nothing"), ("/async-function/none", "nothing"), ("/Function/echo", "no page"),
        ("/function/" + String(repeating: "a", count: 5000), "nothing"),
    ])
    func `a path names a function, an address of the gateway's own, or nothing`(
        _ path: String, _ found: String
    ) throws {
        #expect(try target(path) == found)
    }

    @Test(arguments: [
        ("content-type", true), ("authorization", true), ("cookie", true), ("accept", true), ("host", true),
        ("x-timeout", true), ("x-custom", true), ("gripe", true), ("x-forwarding", true), ("te-x", true),
        ("connection", false), ("keep-alive", false), ("te", false), ("trailer", false), ("upgrade", false),
        ("transfer-encoding", false), ("proxy-connection", false), ("proxy-authorization", false),
        ("proxy-authenticate", false), ("expect", false), ("content-length", false), ("grip-hold", false),
        ("grip-sig", false), ("grip-x", false), ("grip-channel", false), ("forwarded", false), ("x-real-ip", false),
        ("x-forwarded-for", false), ("x-forwarded-anything", false), ("x-call-id", false), ("x-start-time", false),
    ])
    func `a caller's field passes or does not`(_ name: String, _ passes: Bool) {
        #expect(FieldFilter.passesIn(Array(name.utf8).span) == passes)
    }

    @Test(arguments: [
        ("content-type", true), ("set-cookie", true), ("retry-after", true), ("grip", true),
        ("grip-hold", false), ("grip-channel", false), ("connection", false), ("transfer-encoding", false),
        ("content-length", false), ("x-call-id", false), ("date", false), ("upgrade", false),
    ])
    func `a function's field passes or does not`(_ name: String, _ passes: Bool) {
        #expect(FieldFilter.passesOut(name) == passes)
    }

    private func caller(_ fields: [(String, String)], peer: String, trusted: String) throws -> Caller {
        let head = RequestHead(method: "GET", path: "/", headers: fields.map { HTTPField($0.0, $0.1) })
        return try Caller(head, peer: peer, publicScheme: "http", trusted: TrustedProxies(parsing: trusted))
    }

    @Test func `a stranger's forwarding fields are not believed`() throws {
        let fields = [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-proto", "https"), ("host", "here")]
        let caller = try caller(fields, peer: "192.0.2.9", trusted: "10.0.0.1")
        #expect(caller.address == "192.0.2.9" && caller.path == "192.0.2.9")
        #expect(caller.scheme == "http" && caller.host == "here")
    }

    @Test(arguments: [
        ("203.0.113.5", "203.0.113.5", "203.0.113.5, 10.0.0.1"),
        ("6.6.6.6, 203.0.113.5", "203.0.113.5", "203.0.113.5, 10.0.0.1"),
        ("203.0.113.5, 10.0.0.2", "203.0.113.5", "203.0.113.5, 10.0.0.2, 10.0.0.1"),
        ("not an address", "10.0.0.1", "10.0.0.1"),
        ("", "10.0.0.1", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::1", "2001:db8::1, 10.0.0.1"),
    ])
    func `behind trusted proxies the nearest stranger is the caller`(
        _ field: String, _ address: String, _ path: String
    ) throws {
        let caller = try caller(
            [
                ("x-forwarded-for", field), ("x-forwarded-proto", "https"), ("host", "inner"),
                ("x-forwarded-host", "outer"),
            ],
            peer: "10.0.0.1", trusted: "10.0.0.1, 10.0.0.2")
        #expect(caller.address == address && caller.path == path)
        #expect(caller.scheme == "https" && caller.host == "outer")
    }

    @Test(arguments: [
        ("10.42.0.0/16", "10.42.255.1", true), ("10.42.0.0/16", "10.43.0.1", false),
        ("10.42.0.0/16", "0a2a::1", false), ("192.0.2.128/25", "192.0.2.127", false),
        ("192.0.2.128/25", "192.0.2.128", true), ("192.0.2.77/25", "192.0.2.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("127.0.0.1/32", "127.0.0.1", true),
        ("2001:db8::/33", "2001:db8:7fff::9", true),
        ("2001:db8::/33", "2001:db8:8000::9", false), ("fd00::/8 10.0.0.1", "10.0.0.1", true), ("", "127.0.0.1", false),
        ("10.0.0.0/8", "unknown", false),
    ])
    func `a proxy is trusted by its address or its network`(_ trusted: String, _ peer: String, _ isTrusted: Bool) throws
    {
        #expect(try TrustedProxies(parsing: trusted).contains(peer) == isTrusted)
    }

    @Test(arguments: [
        "0.0.0.0/0", "::/0", "10.0.0.0/33", "2001:db8::/129", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0",
        "proxy.example.org", "/8", "10.0.0.0/-1", "10.0.0.1;10.0.0.2", "10.0.0.0/0008",
    ])
    func `what names no proxies is refused, and everybody is no network`(_ text: String) {
        #expect(throws: TrustedProxies.NotAnAddress.self) { try TrustedProxies(parsing: text) }
    }
}
