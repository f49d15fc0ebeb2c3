import GatewayHTTP
import Platform
import Primitives

/// A stream of server-sent events, which no worker is busy with.
final class HeldStream: Hold {
    /// Bytes that a client may be behind.
    private static let mostBuffered = 64 * 1024

    let channels: [String]
    private(set) var position: EventPosition
    let deadline: Instant
    /// What ends streams counts behind this.
    private let checked: EventPosition
    private var stream: ResponseStream?

    init(_ hold: GripHold, _ stream: ResponseStream, until deadline: Instant) {
        channels = hold.channels
        position = hold.position
        checked = hold.checked
        self.deadline = deadline
        self.stream = stream
        stream.onClose = { [weak self] in self?.stream = nil }
    }

    var isOver: Bool { stream?.isOpen != true }

    func take(_ event: LiveEvent) {
        guard event.position > position, event.concerns(channels) else { return }
        position = event.position
        if event.closes, position <= checked { return }
        write(event.bytes)
        if event.closes { finish() }
    }

    func skip(to position: EventPosition) {
        self.position = position
        write(LiveEvent.reset(position))
    }

    func idle(at position: EventPosition) {
        self.position = max(self.position, position)
        write(Array(":\n".utf8) + LiveEvent.mark(self.position))
    }

    func finish() {
        let stream = stream
        self.stream = nil
        stream?.finish()
    }

    /// Letting the stream go without an end cuts it.
    private func write(_ bytes: [UInt8]) {
        stream?.write(bytes)
        if stream?.bufferedBytes ?? 0 > Self.mostBuffered { stream = nil }
    }
}
