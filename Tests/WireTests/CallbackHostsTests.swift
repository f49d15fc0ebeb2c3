import Testing
import Wire

@Suite struct CallbackHostsTests {
    private let hosts = CallbackHosts(
        "hooks.example.org, api.example.org:8443,*.example.net,private:127.0.0.1:9000,[2001:db8::1]")

    @Test(
        arguments: [
            ("https://hooks.example.org/a", .publicly), ("http://hooks.example.org", .publicly),
            ("HTTPS://HOOKS.EXAMPLE.ORG:443/", .publicly), ("http://hooks.example.org?x=1", .publicly),
            ("https://api.example.org:8443/", .publicly), ("http://a.example.net/", .publicly),
            ("http://a.b.example.net/", .publicly), ("http://127.0.0.1:9000/hook", .anywhere),
            ("http://[2001:db8::1]/", .publicly),
        ] as [(String, CallbackHosts.Permission)])
    func `a host that is listed is allowed at its port`(_ address: String, _ expected: CallbackHosts.Permission) {
        #expect(hosts.permission(for: address) == expected)
    }

    @Test(arguments: [
        "https://hooks.example.org:8443/", "https://api.example.org/", "http://example.net/", "http://127.0.0.1/",
        "http://127.0.0.1:9001/", "http://hooks.example.org.evil.org/", "http://evilexample.net/", "http://localhost/",
        "http://xhooks.example.org/",
    ])
    func `any other is not`(_ address: String) {
        #expect(hosts.permission(for: address) == CallbackHosts.Permission.none)
        #expect(CallbackHosts("").permission(for: address) == CallbackHosts.Permission.none)
    }

    @Test(arguments: [
        "", "hooks.example.org", "ftp://hooks.example.org/", "http://", "http:///a", "http://user@hooks.example.org/",
        "http://hooks.example.org@evil.org/", "http://evil.org\\@hooks.example.org/", "http://hooks.example.org:/",
        "http://hooks.example.org:0/", "http://hooks.example.org:99999/", "http://hooks.example.org/#a",
        "http://hooks example.org/", "http://2130706433/", "http://127.1/", "http://0x7f.0.0.1/",
        "http://h\u{e4}.example.net/",
        "http://.example.net/", "http://a..example.net/", "http://[::1/", "http://[::1]x/",
    ])
    func `what could be read in two ways is no address`(_ address: String) {
        #expect(hosts.permission(for: address) == nil)
    }

    @Test(arguments: [
        "hooks.example.org, *.example.net:8443 private:127.0.0.1:9000,[2001:db8::1]:443", "", " , ",
    ])
    func `entries that some address fits are all fit`(_ list: String) {
        #expect(CallbackHosts.unfit(in: list) == [])
    }

    @Test(arguments: [
        "https://a.example", "a.example/hook", "a.example:0", "a.example:hook", "*", "*.", "private:", "-a.example",
        "127.1",
    ])
    func `an entry that no address can fit is named`(_ entry: String) {
        #expect(CallbackHosts.unfit(in: "b.example," + entry) == [entry])
    }
}
