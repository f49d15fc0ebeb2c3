import CMongoShim

/// A transaction in progress; what is done with it happens together or not at all.
@safe public final class MongoSession {
    let client: MongoClient
    private let handle: OpaquePointer
    private var isOpen = false
    /// Whether something in the present attempt failed in a way that starting over may cure.
    private(set) var mayStartOver = false

    init(client: MongoClient) throws(MongoError) {
        var error = cm_error()
        guard let handle = unsafe cm_session_new(client.handle, &error) else { throw client.failure(error) }
        self.client = client
        unsafe self.handle = handle
    }

    deinit {
        unsafe cm_session_free(handle)
    }

    /// The driver's session, to lend to a call; a transaction that has ended takes no more of them.
    func lend() throws(MongoError) -> OpaquePointer {
        guard isOpen else { throw .invalid("the transaction has ended") }
        return unsafe handle
    }

    func start() throws(MongoError) {
        mayStartOver = false
        var error = cm_error()
        let limit = try client.remainingMilliseconds() ?? 0
        guard unsafe cm_transaction_start(handle, Int64(limit), &error) else { throw client.failure(error) }
        isOpen = true
    }

    /// Commits; gives the labels of a failure, so that the caller may try again.
    func commit() -> (error: MongoError, labels: ErrorLabels)? {
        isOpen = false
        var error = cm_error()
        if unsafe cm_transaction_commit(handle, &error) { return nil }
        return (client.failure(error), ErrorLabels(error))
    }

    func abort() {
        isOpen = false
        unsafe cm_transaction_abort(handle)
    }

    func note(_ labels: ErrorLabels) {
        if labels.contains(.transientTransaction) { mayStartOver = true }
    }
}
