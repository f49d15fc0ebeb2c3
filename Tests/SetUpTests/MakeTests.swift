import Foundation
import Testing

@Suite(.serialized) struct MakeTests {
    private static let makefile = "run:\n\t@exec ./set-up serve\n"

    @Test func `Ctrl-C at the terminal ends set-up under make, with status 0`() throws {
        let site = try Site()
        try site.write("Makefile", Self.makefile, mode: 0o644)
        let run = try site.start(["/usr/bin/script", "--quiet", "--return", "--command", "make run", "/dev/null"])
        try run.waitUntilReady()
        try run.type("\u{3}")
        #expect(try run.end() == 0)
        #expect(try site.read("data/gateway.txt") == "drained\n")
        #expect(site.processes.isEmpty)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal to make alone ends everything under it`(signal: Int32) throws {
        let site = try Site()
        try site.write("Makefile", Self.makefile, mode: 0o644)
        let run = try site.start(["/usr/bin/make", "run"])
        try run.waitUntilReady()
        run.send(signal)
        // make always ends by the signal it got; what counts is what it leaves.
        _ = try run.end()
        #expect(Patience.until { site.processes.isEmpty })
        #expect(try site.read("data/gateway.txt") == "drained\n")
    }
}
