/// A responder kept in an object, for escaping closures; the first answer counts, none becomes a 500.
package final class PendingAnswer {
    private var responder: Responder?

    init(_ responder: consuming Responder) {
        self.responder = consume responder
    }

    /// True where the client has left or the answer was given.
    package var isClientGone: Bool { responder?.isClientGone ?? true }

    /// Sends a whole answer; nothing happens where one was given already.
    package func answer(_ response: consuming Response) {
        take()?.answer(response)
    }

    /// Begins a streamed answer; `nil` where an answer was given already.
    package func stream(_ head: consuming Response) -> ResponseStream? {
        take()?.stream(head)
    }

    private func take() -> Responder? {
        responder.take()
    }
}
