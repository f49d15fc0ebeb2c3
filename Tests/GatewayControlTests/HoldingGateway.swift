import Foundation
import Glibc
import Primitives

/// A gateway whose functions do what files say, and tell of the events that files list.
final class HoldingGateway {
    let gateway: RunningGateway
    let script: URL

    init() throws {
        script = FileManager.default.temporaryDirectory.appending(path: "script-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: script, withIntermediateDirectories: true)
        // Functions of a gateway that is root write there as another user.
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: script.path)
        let stack = """
            functions:
              listen:
                fprocess: scripted-function
                environment: {SCRIPT: "\(script.path)"}
                annotations: {passerelle.grip: "true"}
              plain:
                fprocess: scripted-function
                environment: {SCRIPT: "\(script.path)"}
              follow-events:
                fprocess: scripted-function
                environment: {SCRIPT: "\(script.path)"}
                annotations: {passerelle.internal: "true"}
            """
        gateway = try RunningGateway(stack: stack)
    }

    func close() {
        gateway.close()
        try? FileManager.default.removeItem(at: script)
    }

    /// The position that is numbered so.
    static func position(_ number: Int) -> String {
        EventPosition(seconds: 1_700_000_000, increment: UInt32(number), index: 1).description
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: script.appending(path: name), options: .atomic)
    }

    /// What `listen` answers from now on: held, for the channel `account:a`, for what is behind a position.
    func hold(_ mode: String, after number: Int, checked: Int? = nil, seconds: Int = 20, _ content: String = "") throws
    {
        let type = mode == "stream" ? "text/event-stream" : "application/json"
        try write(
            "answer",
            """
            200
            content-type: \(type)
            grip-hold: \(mode)
            grip-channel: session:s; prev-id=\(Self.position(number)), account:a; prev-id=\(Self.position(number))
            grip-set-meta: checked="\(Self.position(checked ?? number))"
            grip-timeout: \(seconds)

            \(content)
            """)
    }

    /// Everything that has happened, by number: type and channel.
    func happen(_ events: [(number: Int, type: String, channel: String)]) throws {
        let lines = events.map { event in
            #"{"id": "\#(Self.position(event.number))", "type": "\#(event.type)", "channels": ["\#(event.channel)"], "#
                + #""data": {"seq": \#(event.number)}}"#
        }
        try write("events", lines.joined(separator: "\n") + "\n")
    }

    /// How often `listen` was called.
    var calls: Int {
        let text = (try? String(contentsOf: script.appending(path: "calls"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count
    }

    /// Listens to the stream, in the background.
    func listen(_ fields: String...) throws -> Listener {
        try Listener(gateway.address + "/function/listen", fields)
    }
}

/// A client that reads a stream for as long as it is open.
final class Listener {
    private let curl = Process()
    private let file = FileManager.default.temporaryDirectory.appending(path: "stream-\(UUID().uuidString)")

    init(_ url: String, _ fields: [String]) throws {
        try Data().write(to: file)
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        curl.arguments = ["-s", "-N", "-i", "--max-time", "60"] + fields.flatMap { ["-H", $0] } + [url]
        curl.standardOutput = try FileHandle(forWritingTo: file)
        try curl.run()
    }

    /// What has come so far.
    var text: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

    /// The numbers of the events that have come, in order.
    var numbers: [Int] { text.matches(of: /data: \{"seq":\s*(\d+)\}/).compactMap { Int($0.1) } }

    var isOpen: Bool { curl.isRunning }

    func close() {
        if curl.isRunning { kill(curl.processIdentifier, SIGKILL) }  // which nobody passes on as blocked
        curl.waitUntilExit()
        try? FileManager.default.removeItem(at: file)
    }
}
