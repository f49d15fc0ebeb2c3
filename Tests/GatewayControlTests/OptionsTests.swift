import JSON
import Testing

@testable import GatewayControl

@Suite struct OptionsTests {
    private func options(_ arguments: [String], _ environment: [String: String] = [:]) throws(StartFailure)
        -> GatewayOptions?
    {
        guard case .serve(let options) = try CommandLineRequest(arguments: arguments, environment: environment) else {
            return nil
        }
        return options
    }

    @Test func `without settings it listens on loopback alone`() throws {
        let options = try options([])
        #expect(options?.bind == "127.0.0.1" && options?.port == 8080 && options?.stack == "stack.yml")
        #expect(options?.secrets == "/var/openfaas/secrets")
    }

    @Test func `flags win over variables`() throws {
        let environment = ["PORT": "1", "BIND": "::1", "DATA_DIR": "/data", "TRUSTED_PROXIES": "10.0.0.1, ::1"]
        let options = try options(["--port", "2", "--public-url=https://a.example/"], environment)
        #expect(options?.port == 2 && options?.bind == "::1" && options?.secrets == "/data/secrets")
        #expect(options?.publicURL == "https://a.example")
        #expect(options?.trustedProxies == (try TrustedProxies(parsing: "10.0.0.1 ::1")))
    }

    @Test(
        arguments: [
            (["--nonsense"], [:], "\"--nonsense\" is no flag of passerelle; --help lists them."),
            (["--port"], [:], "--port needs a value; --help tells which."),
            (["--port", "70000"], [:], "PORT must be a number from 0 to 65535, not \"70000\"."),
            (["--ready-fd", "1"], [:], "--ready-fd must be a descriptor over 2, not \"1\"."),
            ([], ["PORT": "+5"], "PORT must be a number from 0 to 65535, not \"+5\"."),
            ([], ["IDLE_TIMEOUT": "0"], "IDLE_TIMEOUT must be a duration such as 500ms or 10s, not \"0\"."),
            ([], ["ACCESS_LOG": "yes"], "ACCESS_LOG must be on or off, not \"yes\"."),
            (
                [], ["PUBLIC_URL": "ftp://x"],
                "PUBLIC_URL must begin with http:// or https:// and a host, not \"ftp://x\"."
            ),
            (
                [], ["PUBLIC_URL": "https:///claim"],
                "PUBLIC_URL must begin with http:// or https:// and a host, not \"https:///claim\"."
            ),
            (
                [], ["PUBLIC_URL": "https://a.example/?b"],
                "PUBLIC_URL must be a plain address, without user, query or fragment."
            ),
            (
                [], ["TRUSTED_PROXIES": "10.0.0.1,proxy"],
                "TRUSTED_PROXIES must be a list of IP addresses and networks, which \"proxy\" is not."
            ),
        ] as [([String], [String: String], String)])
    func `a wrong setting is refused in one sentence`(
        _ arguments: [String], _ environment: [String: String], _ sentence: String
    ) {
        let failure = #expect(throws: StartFailure.self) { try options(arguments, environment) }
        #expect(failure?.sentence == sentence)
    }

    @Test func `a log line is JSON whatever it holds`() throws {
        var line = LogLine()
        line.add("text", "quote \" slash \\ line \n tab \t nul \0 é 🎲")
        line.add("number", -12)
        line.add("ms", thousandths: 1_005)
        line.add("yes", true)
        let json = try JSONValue(parsing: Array(line.finished().dropLast()))
        #expect(
            json == [
                "text": "quote \" slash \\ line \n tab \t nul \0 é 🎲", "number": -12,
                "ms": try JSONValue(parsing: Array("1.005".utf8)), "yes": true,
            ])
    }

    @Test(arguments: [(0, "0"), (7, "7"), (10, "10"), (99, "99"), (1_795_252_684, "1795252684"), (-3, "-3")])
    func `a whole number is written in digits`(_ number: Int, _ text: String) {
        var bytes: [UInt8] = []
        bytes.append(decimal: number)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test func `a new call id is a UUID of version 7, and none comes twice`() {
        var ids = CallIDs()
        let texts = (0..<1000).map { _ in ids.next() }
        #expect(Set(texts).count == 1000)
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(texts.allSatisfy { $0.wholeMatch(of: form) != nil })
    }

    @Test(arguments: [
        ("a", true), (String(repeating: "x", count: 128), true), ("~!", true), ("", false), ("a b", false),
        (String(repeating: "x", count: 129), false), ("é", false), ("a\u{7f}", false),
    ])
    func `a caller's call id is taken where it is visible ASCII of at most 128`(_ text: String, _ isFit: Bool) {
        #expect(CallIDs.isFit(text) == isFit)
    }
}
