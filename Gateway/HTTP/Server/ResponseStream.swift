/// The open content of an answer: chunked, or up to the connection's end for HTTP/1.0.
///
/// Letting it go without `finish()` cuts the connection, so that the client does not take the content for whole.
package final class ResponseStream {
    /// Called once when the stream ends without `finish()`: the client left, took too little, or the server drained.
    package var onClose: (() -> Void)?
    /// Called when everything written has been handed to the system after some of it had to wait.
    package var onDrain: (() -> Void)?
    private var connection: Connection?
    private let turn: UInt64

    init(_ connection: Connection?, turn: UInt64) {
        self.connection = connection
        self.turn = turn
    }

    deinit {
        connection?.abandonStream(turn)
    }

    /// Bytes written that the client has not taken yet; a writer should wait while this is much.
    package var bufferedBytes: Int { connection?.bufferedBytes(turn) ?? 0 }

    /// True until `finish()` or `onClose`; false from the start where the client had left before the answer.
    package var isOpen: Bool { connection?.isStreaming(turn) ?? false }

    /// Sends more content; nothing happens where the stream is closed.
    package func write(_ bytes: [UInt8]) {
        connection?.write(turn, bytes)
    }

    /// Ends the content.
    package func finish() {
        let connection = connection
        end(isCut: false)
        connection?.finishStream(turn)
    }

    func end(isCut: Bool) {
        let onClose = onClose
        connection = nil
        self.onClose = nil
        onDrain = nil
        if isCut { onClose?() }
    }
}
