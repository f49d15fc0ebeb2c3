import GatewayHTTP
import Platform
import Primitives

/// What a function's processes wrote and what became of them, the latest of each function; bounded.
final class FunctionLines {
    private static let mostLines = 1_000
    private static let mostBytes = 512 * 1024
    private static let mostFollowers = 64

    /// One line of a process.
    struct Line {
        let at: Timestamp
        let process: Int32
        let text: [UInt8]
    }

    private struct Kept {
        var lines: [Line] = []
        var bytes = 0
    }

    private final class Follower {
        let function: String
        let stream: ResponseStream
        let render: (Line) -> [UInt8]?

        init(_ function: String, _ stream: ResponseStream, _ render: @escaping (Line) -> [UInt8]?) {
            self.function = function
            self.stream = stream
            self.render = render
        }
    }

    private var kept: [String: Kept] = [:]
    private var followers: [Follower] = []

    /// True where one more may follow.
    var hasRoom: Bool { followers.count < Self.mostFollowers }

    /// The lines of a function, oldest first.
    func lines(of function: String) -> [Line] {
        kept[function]?.lines ?? []
    }

    /// Keeps a line, and hands it to those who follow.
    func add(_ text: [UInt8], function: String, process: Int32) {
        let line = Line(at: SystemClock().now, process: process, text: text)
        keep(line, function)
        for follower in followers where follower.function == function {
            if let bytes = follower.render(line) { follower.stream.write(bytes) }
        }
    }

    /// Writes a function's lines to a stream as they come, each as `render` gives it.
    func follow(_ function: String, _ stream: ResponseStream, _ render: @escaping (Line) -> [UInt8]?) {
        guard stream.isOpen else { return }
        let follower = Follower(function, stream, render)
        stream.onClose = { [weak self, weak follower] in self?.followers.removeAll { $0 === follower } }
        followers.append(follower)
    }

    /// Ends every stream.
    func finish() {
        for follower in followers { follower.stream.finish() }
        followers = []
    }

    /// A quarter is dropped at once, so that dropping costs little for each line.
    private func keep(_ line: Line, _ function: String) {
        var kept = kept.removeValue(forKey: function) ?? Kept()
        kept.lines.append(line)
        kept.bytes += line.text.count
        while kept.lines.count > Self.mostLines || kept.bytes > Self.mostBytes {
            let count = max(1, kept.lines.count / 4)
            kept.bytes -= kept.lines[..<count].reduce(0) { $0 + $1.text.count }
            kept.lines.removeFirst(count)
        }
        self.kept[function] = kept
    }
}
