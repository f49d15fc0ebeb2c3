import Foundation
import Testing

@Suite struct HoldingTests {
    private func withGateway(_ body: (HoldingGateway) throws -> Void) throws {
        let gateway = try HoldingGateway()
        defer { gateway.close() }
        try body(gateway)
    }

    private func withListener(
        _ gateway: HoldingGateway, _ fields: String..., body: (Listener) throws -> Void
    ) throws {
        let listener = try Listener(gateway.gateway.address + "/function/listen", fields)
        defer { listener.close() }
        try body(listener)
    }

    @Test func `a stream begins with the function's content and goes on with what happens behind its position`() throws
    {
        try withGateway { (gateway) throws in
            try gateway.happen([(1, "message", "account:a"), (2, "message", "account:a")])
            try gateway.hold("stream", after: 1, "retry: 1000\n\n")
            try withListener(gateway) { (stream) throws in
                let isCaughtUp = eventually { stream.numbers == [2] }
                #expect(isCaughtUp)
                try gateway.happen([
                    (1, "message", "account:a"), (2, "message", "account:a"), (3, "message", "account:b"),
                    (4, "read", "account:a"),
                ])
                let isLive = eventually { stream.numbers == [2, 4] }
                #expect(isLive)
                #expect(stream.text.contains("retry: 1000\n\n"))
                #expect(stream.text.contains("event: read\nid: \(HoldingGateway.position(4))\ndata: "))
                #expect(!stream.text.lowercased().contains("grip-"))
                #expect(gateway.calls == 1)
            }
        }
    }

    @Test func `what happens between the function's answer and the hold is told, by its order`() throws {
        try withGateway { (gateway) throws in
            // One listens already, so that the gateway has the later events before the second stream begins.
            try gateway.happen([(1, "message", "account:a")])
            try gateway.hold("stream", after: 0)
            try withListener(gateway) { (first) throws in
                try gateway.happen((1...5).map { ($0, "message", "account:a") })
                let isThere = eventually { first.numbers == [1, 2, 3, 4, 5] }
                #expect(isThere)
                try gateway.hold("stream", after: 3)
                try withListener(gateway) { (second) throws in
                    let isWhole = eventually { second.numbers == [4, 5] }
                    #expect(isWhole)
                }
            }
        }
    }

    @Test func `what is older than the gateway has is read once, and where it is gone the stream is told so`() throws {
        try withGateway { (gateway) throws in
            try gateway.write("from", HoldingGateway.position(4))
            try gateway.happen((1...6).map { ($0, "message", "account:a") })
            try gateway.hold("stream", after: 2)
            try withListener(gateway) { (stream) throws in
                let isWhole = eventually { stream.numbers == [3, 4, 5, 6] }
                #expect(isWhole)
            }
            try gateway.write("lost", "")
            try gateway.hold("stream", after: 1)
            try withListener(gateway) { (stream) throws in
                let isReset = eventually {
                    stream.text.contains("event: reset\nid: \(HoldingGateway.position(6))\n")
                }
                #expect(isReset)
                try gateway.happen((1...7).map { ($0, "message", "account:a") })
                let isLive = eventually { stream.numbers == [7] }
                #expect(isLive)
            }
        }
    }

    @Test func `an event that closes ends the streams of its channel, with its own position to resume from`() throws {
        try withGateway { (gateway) throws in
            try gateway.happen([(1, "message", "account:a")])
            try gateway.hold("stream", after: 0)
            try withListener(gateway) { (stream) throws in
                let isThere = eventually { stream.numbers == [1] }
                #expect(isThere)
                try gateway.happen([
                    (1, "message", "account:a"), (2, "closed", "session:s"), (3, "message", "account:a"),
                ])
                let isClosed = eventually { !stream.isOpen }
                #expect(isClosed)
                #expect(stream.numbers == [1])
                #expect(stream.text.contains("id: \(HoldingGateway.position(2))\n\n"))
            }
        }
    }

    @Test func `what ended streams before it was looked at who may listen ends none that begins later`() throws {
        try withGateway { (gateway) throws in
            try gateway.happen([
                (1, "message", "account:a"), (2, "closed", "account:a"), (3, "message", "account:a"),
            ])
            try gateway.hold("stream", after: 0, checked: 2)
            try withListener(gateway) { (stream) throws in
                let isWhole = eventually { stream.numbers == [1, 3] }
                #expect(isWhole && stream.isOpen)
            }
        }
    }

    @Test func `the events go on without loss or double where the process that follows them is killed`() throws {
        try withGateway { (gateway) throws in
            try gateway.hold("stream", after: 0)
            try withListener(gateway) { (stream) throws in
                for number in 1...4 {
                    try gateway.happen((1...number).map { ($0, "message", "account:a") })
                    let isThere = eventually { stream.numbers.last == number }
                    #expect(isThere)
                    for line in gateway.gateway.log
                    where line["function"] as? String == "follow-events" && line["what"] as? String == "started" {
                        if let pid = line["process"] as? Int { kill(Int32(pid), SIGKILL) }
                    }
                }
                #expect(stream.numbers == [1, 2, 3, 4])
            }
        }
    }

    @Test func `an answer that waits is asked for again on news, and given as it was at its end`() throws {
        try withGateway { (gateway) throws in
            try gateway.hold("response", after: 0, seconds: 1, "nothing")
            let late = try gateway.gateway.ask("/function/listen")
            #expect(late.status == 200 && late.body == "nothing")
            #expect(gateway.calls == 1)

            try gateway.hold("response", after: 0, "nothing")
            try withListener(gateway) { (waiting) throws in
                let isHeld = eventually { gateway.calls == 2 }
                #expect(isHeld)
                try gateway.write("answer", "200\ncontent-type: application/json\n\nnews")
                try gateway.happen([(1, "message", "account:b"), (2, "message", "account:a")])
                let isAnswered = eventually { !waiting.isOpen }
                #expect(isAnswered)
                #expect(waiting.text.hasSuffix("\r\n\r\nnews"))
                #expect(gateway.calls == 3)
            }
        }
    }

    @Test func `fields by which functions ask for a hold mean nothing from callers and from other functions`() throws {
        try withGateway { (gateway) throws in
            try gateway.hold("stream", after: 0, "content")
            let plain = try gateway.gateway.ask("/function/plain")
            #expect(plain.status == 200 && plain.body == "content")
            #expect(!plain.fields.keys.contains { $0.hasPrefix("grip-") })

            try gateway.write("answer", "200\n\nwhole")
            let forged = [
                "-H", "Grip-Hold: stream", "-H", "Grip-Channel: account:a; prev-id=\(HoldingGateway.position(0))",
                "-H", "Grip-Timeout: 20",
            ]
            #expect(try gateway.gateway.ask("/function/listen", arguments: forged, body: nil).body == "whole")
            let calls = try String(contentsOf: gateway.script.appending(path: "calls"), encoding: .utf8)
            #expect(calls == "- -\n- -\n")
        }
    }

    @Test func `what asks for a hold in a way that nobody understands is answered 502`() throws {
        try withGateway { (gateway) throws in
            for field in ["grip-hold: for ever", "grip-hold: stream", "grip-hold: stream\ngrip-channel: account:a"] {
                try gateway.write("answer", "200\n\(field)\n\ncontent")
                let answer = try gateway.gateway.ask("/function/listen")
                #expect(answer.status == 502 && answer.problem == "worker-failed")
            }
        }
    }

    @Test func `a gateway that is to end finishes streams and gives answers that wait`() throws {
        try withGateway { (gateway) throws in
            try gateway.hold("stream", after: 0, "begun")
            try withListener(gateway) { (stream) throws in
                let isBegun = eventually { stream.text.contains("begun") }
                #expect(isBegun)
                try gateway.hold("response", after: 0, "nothing")
                try withListener(gateway) { (waiting) throws in
                    let isHeld = eventually { gateway.calls == 2 }
                    #expect(isHeld)
                    #expect(gateway.gateway.end(SIGTERM) == 0)
                    let areOver = eventually { !stream.isOpen && !waiting.isOpen }
                    #expect(areOver)
                    #expect(waiting.text.hasSuffix("nothing"))
                }
            }
        }
    }
}
