import CMongoShim

/// A transaction in progress; what is done with it happens together or not at all.
@safe public final class MongoSession {
    let client: MongoClient
    private let handle: OpaquePointer
    private var isOpen = false
    private var setback: Setback?

    /// Starts a transaction that the server may take until the client's limit to commit.
    init(client: MongoClient) throws(MongoError) {
        var error = cm_error()
        let limit = try client.remainingMilliseconds() ?? 0
        guard let handle = unsafe cm_session_new(client.handle, &error) else { throw client.failure(error) }
        self.client = client
        unsafe self.handle = handle
        guard unsafe cm_transaction_start(handle, Int64(limit), &error) else { throw client.failure(error) }
        isOpen = true
    }

    deinit {
        unsafe cm_session_free(handle)
    }

    /// The driver's session, to lend to a call; a transaction that has ended takes no more of them.
    func lend() throws(MongoError) -> OpaquePointer {
        guard isOpen else { throw .invalid("the transaction has ended") }
        return unsafe handle
    }

    /// How a commit failed.
    struct CommitFailure {
        /// What is known of it: nothing of the transaction is applied, or it may be and the commit is to be sent
        /// again (which is harmless), or only that neither helps.
        enum Fate { case undone, unknown, final }
        let error: MongoError
        let fate: Fate
        let setback: Setback?

        init(_ cause: cm_error, _ error: MongoError) {
            let isUndone = cause.labels & UInt32(CM_LABEL_TRANSIENT_TRANSACTION) != 0
            let isUnknown = cause.labels & UInt32(CM_LABEL_UNKNOWN_COMMIT) != 0
            self.error = error
            fate = isUnknown ? .unknown : isUndone ? .undone : .final
            setback = Setback(cause)
        }
    }

    /// Commits; gives what went wrong, if anything.
    func commit() -> CommitFailure? {
        isOpen = false
        var error = cm_error()
        if unsafe cm_transaction_commit(handle, &error) { return nil }
        return CommitFailure(error, client.failure(error))
    }

    /// Undoes everything; gives what stood in the way, if another attempt may go better.
    func abort() -> Setback? {
        isOpen = false
        unsafe cm_transaction_abort(handle)
        return setback
    }

    /// Remembers what one of the transaction's calls met with.
    func note(_ error: cm_error) {
        setback = Setback(error) ?? setback
    }
}
