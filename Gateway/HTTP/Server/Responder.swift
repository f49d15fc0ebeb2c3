/// The obligation to answer one request; given up without an answer it becomes a 500.
package struct Responder: ~Copyable {
    private let connection: Connection
    private let turn: UInt64

    init(_ connection: Connection, turn: UInt64) {
        self.connection = connection
        self.turn = turn
    }

    deinit {
        connection.abandon(turn)
    }

    /// True where the client has left, so that nobody will see the answer.
    package var isClientGone: Bool { connection.isGone(turn) }

    /// Sends a whole answer.
    package consuming func answer(_ response: consuming Response) {
        connection.answer(turn, response)
    }

    /// Sends an answer's head (its `body` first, where there is one) and leaves the content open.
    package consuming func stream(_ head: consuming Response) -> ResponseStream {
        connection.stream(turn, head)
    }

    /// The same obligation as an object, to be kept where a noncopyable value cannot be.
    package consuming func held() -> PendingAnswer {
        PendingAnswer(self)
    }
}
