import Foundation
import JSON
import TestPorts
import Testing

/// Answers of asynchronous calls, sent to where their callers want them.
@Suite(.serialized) struct CallbackTests {
    /// An installation that may send to two ports of this machine: to the first as such, to the second if it were public.
    private func withInstallation(
        _ statuses: [Int], _ body: (Installation, CallbackReceiver, _ ports: [UInt16]) throws -> Void
    ) throws {
        let stack = try SystemTrait.stack()
        defer { try? FileManager.default.removeItem(at: stack) }
        let ports = [try FreePort.take(), try FreePort.take()]
        let receiver = try CallbackReceiver(port: ports[0], statuses: statuses)
        defer { receiver.stop() }
        let hosts = "private:127.0.0.1:\(ports[0]),127.0.0.1:\(ports[1])"
        let installation = try Installation(["STACK": stack.path, "CALLBACK_HOSTS": hosts])
        defer { installation.remove() }
        defer { installation.stop() }
        try body(installation, receiver, ports)
    }

    private func send(_ installation: Installation, _ address: String, _ body: String = "path") throws -> Answer {
        try installation.client.send(
            "POST", "/async-function/as-told/a?b=1", ["X-Callback-Url": address], body: Array(body.utf8))
    }

    @Test func `an answer is sent until it is taken, with the function's fields and what they belong to`() throws {
        try withInstallation([500, 302]) { (installation, receiver, ports) throws in
            let accepted = try send(installation, "http://127.0.0.1:\(ports[0])/hook?x=1")
            #expect(accepted.status == 202)
            let id = try #require(accepted["x-call-id"])
            #expect(Patience.until { receiver.posts.count == 3 })
            for post in receiver.posts {
                #expect(post["method"] == "POST" && post["path"] == "/hook?x=1")
                #expect(post["body"] == "POST /a?b=1")
                let fields = post["fields"]
                #expect(fields["content-type"] == "text/plain")
                #expect(fields["x-call-id"] == .string(id) && fields["x-function-name"] == "as-told")
                #expect(fields["x-function-status"] == "200")
                #expect(Double(fields["x-duration-seconds"].string ?? "") != nil)
            }
            let isDone = try Patience.until {
                let done = try installation.store.find("calls", ["status": "done"]).compactMap { $0["_id"].string }
                return Set([id, id + ".callback"]).isSubset(of: done)
            }
            #expect(isDone)
            #expect(receiver.posts.count == 3)
        }
    }

    @Test func `of a call that is given up the last answer is sent`() throws {
        try withInstallation([]) { (installation, receiver, ports) throws in
            let id = try #require(try send(installation, "http://127.0.0.1:\(ports[0])/dead", "exit 7")["x-call-id"])
            let isTried = try Patience.until {
                try installation.store.one("calls", ["_id": .string(id)])["attempts"] != 0
            }
            #expect(isTried && receiver.posts.isEmpty)
            try installation.store.set("calls", ["_id": .string(id)], ["left": 1])
            #expect(Patience.until { receiver.posts.count == 1 })
            let fields = try #require(receiver.posts.first)["fields"]
            #expect(fields["x-call-id"] == .string(id) && fields["x-function-status"] == "502")
            let isDead = try Patience.until {
                try installation.store.one("calls", ["_id": .string(id)])["status"] == "dead"
            }
            #expect(isDead)
        }
    }

    @Test func `nothing goes where it may not, and a name for this machine is not enough`() throws {
        try withInstallation([]) { (installation, receiver, ports) throws in
            for address in [
                "http://example.org/", "http://127.0.0.1/", "http://127.0.0.1:1/",
                "http://localhost:\(ports[0])/",
            ] {
                let refused = try send(installation, address)
                #expect(refused.status == 403 && refused.slug == "callback-not-allowed", "\(address)")
            }
            for address in [
                "ftp://127.0.0.1/", "http://", "http://user@127.0.0.1:\(ports[0])/", "http://127.0.0.1:\(ports[0])/#x",
                "http://127.0.0.1:x/", "http://2130706433/", "nonsense",
            ] {
                let refused = try send(installation, address)
                #expect(refused.status == 400 && refused.slug == "invalid-request", "\(address)")
            }
            #expect(try installation.store.find("calls", [:]).isEmpty)
            let other = try CallbackReceiver(port: ports[1])
            defer { other.stop() }
            let accepted = try send(installation, "http://127.0.0.1:\(ports[1])/hook")
            #expect(accepted.status == 202)
            let isRefused = Patience.until { installation.log.contains("callback.not-sent") }
            #expect(isRefused)
            #expect(other.posts.isEmpty && receiver.posts.isEmpty)
        }
    }
}
