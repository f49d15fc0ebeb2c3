import GatewayEventLoop
import Glibc

/// Writes lines to standard error, some at a time, and never waits: what cannot be taken is dropped and counted.
final class LogWriter {
    private static let bufferLimit = 1 << 20
    /// Bytes that are written without waiting for more, and milliseconds that fewer wait.
    private static let batch = 8 * 1024
    private static let delay = 10
    private let loop: EventLoop
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var isPlanned = false
    private var isRetryPlanned = false
    private var dropped = 0
    /// Whether the last of it was refused, for want of room on the disk.
    private var isFailing = false
    /// Whether a line's end was lost with it.
    private var isCut = false
    private var clock = LogClock()

    init(loop: EventLoop) {
        self.loop = loop
        // A description of its own, so that O_NONBLOCK does not reach those who share the terminal or pipe.
        let own = unsafe open("/proc/self/fd/2", O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC)
        descriptor = own >= 0 ? own : 2
    }

    /// The time of day as a line shows it.
    var time: [UInt8] { clock.text() }

    func write(_ line: consuming LogLine) {
        write(line.finished()[...])
    }

    /// Writes a line as it is, with its end where that is missing.
    func write(_ line: ArraySlice<UInt8>) {
        guard buffer.count < Self.bufferLimit else { return dropped += 1 }
        reportDropped()
        buffer.append(contentsOf: line)
        if line.last != UInt8(ascii: "\n") { buffer.append(UInt8(ascii: "\n")) }
        if buffer.count >= Self.batch, !isRetryPlanned { return flush() }
        guard !isPlanned else { return }
        isPlanned = true
        loop.after(milliseconds: Self.delay) { [self] in
            isPlanned = false
            flush()
        }
    }

    /// Writes what is there; keeps what is not taken now.
    func flush() {
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno != EAGAIN {
                isFailing = true
                isCut = isCut || written > 0 && buffer[written - 1] != UInt8(ascii: "\n")
                dropped += buffer[written...].count { $0 == UInt8(ascii: "\n") }
                written = buffer.count
            }
            guard count > 0 else { break }
            isFailing = false
            written += count
        }
        if written == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.count <= 64 * 1024)
        } else {
            buffer.removeFirst(written)
            retryLater()
        }
    }

    private func retryLater() {
        guard !isRetryPlanned else { return }
        isRetryPlanned = true
        loop.after(milliseconds: 100) { [self] in
            isRetryPlanned = false
            flush()
        }
    }

    private func reportDropped() {
        guard dropped > 0, !isFailing else { return }
        var line = LogLine()
        line.add("time", plain: time)
        line.add("event", "log lines dropped")
        line.add("count", dropped)
        dropped = 0
        if isCut { buffer.append(UInt8(ascii: "\n")) }
        isCut = false
        buffer.append(contentsOf: line.finished())
    }
}
