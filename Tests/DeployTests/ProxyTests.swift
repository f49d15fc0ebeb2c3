import Foundation
import Testing

/// nginx with the configuration that is shipped, over a gateway that runs.
@Suite struct ProxyTests {
    private static let hasNginx = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"]
        .contains { FileManager.default.isExecutableFile(atPath: $0) }

    private struct Facts: Decodable {
        let newest, tls12, tls11, echo, client, redirect, firstEvent, lastEvent: String
        let strictTransport: String?
        let metricsToStranger, metricsToOperator, systemToStranger, largest, tooLarge: Int
    }

    @Test(.enabled(if: hasNginx, "nginx is not installed: Debian's nginx-light has it"))
    func `nginx gives callers TLS and HTTP2, tells the gateway who they are, and holds no event back`() throws {
        let run = try Command(
            try Program.python,
            [
                Repository.path("Tests/DeployTests/Scripts/proxy.py"),
                Repository.path("Gateway/Deploy/proxies/nginx.conf"), try Program.folder(of: ["passerelle", "echo"]),
            ],
            environment: [
                "PYTHONWARNINGS": "ignore", "PATH": "/usr/sbin:/usr/local/sbin:" + Program.searchPath,
            ])
        let facts = try JSONDecoder().decode(Facts.self, from: try #require(run.said, "\(run.output)"))
        #expect(facts.newest == "TLSv1.3 h2")
        #expect(facts.tls12 == "TLSv1.2 h2")
        #expect(facts.tls11 == "refused")
        #expect(facts.echo == "200 hello")
        #expect(facts.strictTransport == "max-age=63072000")
        #expect(facts.client == "127.0.0.2")
        #expect(facts.redirect == "308 https://accounts.example.org/login?a=b")
        #expect(facts.metricsToStranger == 403 && facts.systemToStranger == 403)
        #expect(facts.metricsToOperator == 200)
        #expect(facts.largest == 200 && facts.tooLarge == 413)
        #expect(facts.firstEvent == "id: 1" && facts.lastEvent == "id: 2")
    }
}

extension Command {
    /// What it said, where it ended well.
    fileprivate var said: Data? { status == 0 ? Data(output.utf8) : nil }
}
