import CMongoShim

/// A transaction in progress; what is done with it happens together or not at all.
@safe public final class MongoSession {
    let client: MongoClient
    private let handle: OpaquePointer
    private var isOpen = false
    private var failure: Failure?

    /// The worst that has happened in this transaction, as far as starting over goes.
    enum Failure {
        /// Nothing is applied, and a new attempt may go better.
        case transient
        /// The connection broke; a new attempt helps if there is a server.
        case disconnected
        /// No server was found; another wait would not be shorter.
        case noServer
    }

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

    /// Commits; gives what to do about a failure along with it.
    func commit() -> (error: MongoError, remedy: Remedy)? {
        isOpen = false
        var error = cm_error()
        if unsafe cm_transaction_commit(handle, &error) { return nil }
        return (client.failure(error), Remedy(error))
    }

    /// Undoes everything; gives whether a new attempt may go better.
    func abort() -> Bool {
        isOpen = false
        let start = ContinuousClock.now
        unsafe cm_transaction_abort(handle)
        switch failure {
        case .transient: return true
        case .disconnected: return ContinuousClock.now - start < .milliseconds(500)
        case .noServer, nil: return false
        }
    }

    /// Remembers what one of the transaction's calls met with.
    func note(_ error: cm_error) {
        guard error.labels & UInt32(CM_LABEL_TRANSIENT_TRANSACTION) != 0 else { return }
        failure =
            switch error.kind {
            case CM_ERROR_SELECTION: .noServer
            case CM_ERROR_NETWORK: .disconnected
            default: .transient
            }
    }
}
