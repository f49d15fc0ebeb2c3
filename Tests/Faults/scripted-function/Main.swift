import Glibc
import JSON
import Platform
import Primitives
import Wire

/// A function that answers what stands in files, and plays `follow-events` from a list of events; for the tests of held
/// calls.
@main
struct Main {
    static func main() throws {
        let script = Script(folder: unsafe getenv("SCRIPT").map { unsafe String(cString: $0) } ?? ".")
        let input = Descriptor(owning: 0)
        let output = Descriptor(owning: 1)
        while let invocation = try next(input) {
            try output.writeAll(script.answer(invocation).frame())
        }
    }

    private static func next(_ input: borrowing Descriptor) throws -> Invocation? {
        var frame: [UInt8] = []
        while frame.count < Frame.prefixLength {
            let before = frame.count
            try input.append(to: &frame, atMost: Frame.prefixLength - before)
            if frame.count == before { return nil }
        }
        let end = Frame.prefixLength + (try Frame.length(prefix: frame, limit: 1 << 24))
        while frame.count < end { try input.append(to: &frame, atMost: end - frame.count) }
        return try Invocation(parsing: frame[Frame.prefixLength..<end])
    }
}

/// The files: `answer` (fields, an empty line, content), `events` (a JSON document on each line), `from` (the position
/// behind which events are kept), `lost` (whether older ones are gone), `calls` (a line for each call of the function).
struct Script {
    let folder: String

    func answer(_ invocation: Invocation) -> Reply {
        switch invocation.path {
        case "/next": next(invocation)
        case "/read": older(invocation)
        default: scripted(invocation)
        }
    }

    private func scripted(_ invocation: Invocation) -> Reply {
        note("\(invocation.header("grip-hold") ?? "-") \(invocation.header("last-event-id") ?? "-")")
        var lines = (read("answer") ?? "").split(separator: "\n", omittingEmptySubsequences: false)[...]
        var reply = Reply(status: lines.popFirst().flatMap { UInt16($0) } ?? 500)
        while let line = lines.popFirst(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            reply.headers.append(HeaderField(String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
        reply.body = Array(lines.joined(separator: "\n").utf8)
        return reply
    }

    /// Waits a second for what is behind the asked position.
    private func next(_ invocation: Invocation) -> Reply {
        let start = read("from").flatMap(position) ?? EventPosition(seconds: 0, increment: 0, index: 0)
        let after = asked(invocation, "after")
        for _ in 0..<(after == nil ? 1 : 100) {
            let found = events.filter { $0.position > after ?? start }
            if !found.isEmpty || after == nil {
                return batch(found, from: after ?? start, to: found.last?.position ?? start)
            }
            usleep(10_000)
        }
        return batch([], from: after ?? start, to: after ?? start)
    }

    private func older(_ invocation: Invocation) -> Reply {
        guard let after = asked(invocation, "after"), let before = asked(invocation, "before"), read("lost") == nil
        else { return batch([], from: events[0].position, to: events[0].position, isReset: true) }
        return batch(events.filter { $0.position > after && $0.position <= before }, from: after, to: before)
    }

    private var events: [(position: EventPosition, json: JSONValue)] {
        (read("events") ?? "").split(separator: "\n").compactMap { line in
            guard case .object(let event)? = try? JSONValue(parsing: Array(line.utf8)),
                case .string(let id)? = event["id"], let position = position(id)
            else { return nil }
            return (position, .object(event))
        }
    }

    private func batch(
        _ found: [(position: EventPosition, json: JSONValue)], from start: EventPosition, to end: EventPosition,
        isReset: Bool = false
    ) -> Reply {
        let body: JSONValue = [
            "events": .array(found.map(\.json)), "from": .string(start.description),
            "position": .string(end.description), "reset": .bool(isReset),
        ]
        return Reply(body: body.text)
    }

    private func asked(_ invocation: Invocation, _ name: String) -> EventPosition? {
        guard case .object(let object)? = try? JSONValue(parsing: invocation.body),
            case .string(let text)? = object[name]
        else { return nil }
        return position(text)
    }

    private func position(_ text: String) -> EventPosition? {
        EventPosition(parsing: String(text.prefix(24)))
    }

    private func read(_ name: String) -> String? {
        let number = unsafe open(folder + "/" + name, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        return (try? file.readAll(limit: 1 << 20)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
    }

    private func note(_ line: String) {
        let number = unsafe open(folder + "/calls", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard number >= 0 else { return }
        let file = Descriptor(owning: number)
        try? file.writeAll(Array((line + "\n").utf8))
    }
}
