public import BSON
import CMongoShim

/// A connection to MongoDB: one thread's, made when first used, made anew when it breaks.
///
/// Writes are acknowledged by a majority and journaled. Where no server answers, calls fail within about two seconds.
@safe public final class MongoClient {
    /// The shim's client, which this one owns.
    let handle: OpaquePointer
    /// Milliseconds for which a call waits for a server.
    static var patience: Int32 { 1300 }
    /// A day, in milliseconds.
    private static var longestLimit: Int { 86_400_000 }
    private(set) var deadline: ContinuousClock.Instant?
    /// The connection that served last.
    var latestLink: MongoLink?
    /// The connection that is spoken over without the driver.
    var wire: MongoWire?
    /// False once it is known that there is none for this connection string.
    var mayHaveWire = true

    /// Reads the connection string; connects with the first call. The name is shown in the server's log.
    ///
    /// An answer that takes longer than `socketTimeout` milliseconds is given up, whatever the server does; the
    /// connection string may set this and the other timeouts.
    public init(uri: String, applicationName: String, socketTimeout: Int32 = 5000) throws(MongoError) {
        var error = cm_error()
        let handle = unsafe applicationName.withCString { name in
            var options = unsafe cm_client_options(
                application_name: name, selection_milliseconds: 1000, patience_milliseconds: Self.patience,
                connect_milliseconds: 1000, socket_milliseconds: socketTimeout)
            return unsafe cm_client_new(uri, &options, &error)
        }
        guard let handle = unsafe handle else { throw MongoError(error, isLate: false) }
        unsafe self.handle = handle
    }

    deinit {
        wire = nil
        unsafe cm_client_free(handle)
    }

    /// From now on calls must end within `milliseconds`, and throw `.deadline` where they cannot; `nil` lifts the limit.
    public func limit(milliseconds: Int?) {
        let milliseconds = milliseconds.map { min(max(0, $0), Self.longestLimit) }
        deadline = milliseconds.map { ContinuousClock.now + .milliseconds($0) }
        unsafe cm_client_limit(handle, milliseconds.map(Int64.init) ?? -1)
    }

    /// A collection; it need not be there yet.
    public func collection(_ database: String, _ name: String) -> MongoCollection {
        MongoCollection(client: self, database: database, name: name)
    }

    /// Runs a command on the primary, not retried, and gives its reply.
    @discardableResult
    public func run(
        _ command: Document, on database: String, session: MongoSession? = nil
    ) throws(MongoError) -> Document {
        let request: Document = ["command": .document(command), "options": .document(try timeLimit())]
        return try perform(CM_RUN_COMMAND, Target(database: database), session, request)
    }
}

extension MongoClient {
    /// Where a call goes.
    struct Target {
        let database: String
        var collection = ""
    }

    /// Milliseconds until the limit, at least 1, or `nil` without one; throws once it has passed.
    func remainingMilliseconds() throws(MongoError) -> Int? {
        guard let deadline else { return nil }
        let left = Int((deadline - ContinuousClock.now) / .milliseconds(1))
        guard left > 0 else { throw .deadline }
        return left
    }

    /// The option that makes the server give up when our caller does.
    func timeLimit() throws(MongoError) -> Document {
        guard let left = try remainingMilliseconds() else { return [:] }
        return ["maxTimeMS": .integer(left)]
    }

    /// Calls the shim with `request` and gives its reply.
    func perform(
        _ operation: cm_operation, _ target: Target, _ session: MongoSession?, _ request: Document
    ) throws(MongoError) -> Document {
        let lent = unsafe try session?.lend()
        var reply = unsafe cm_bytes()
        var error = cm_error()
        let isDone = unsafe request.bytes.withUnsafeBufferPointer { bytes in
            let view = unsafe cm_view(start: bytes.baseAddress, count: bytes.count)
            return unsafe cm_perform(handle, operation, target.database, target.collection, lent, view, &reply, &error)
        }
        defer { unsafe cm_bytes_free(reply) }
        guard isDone else { throw failure(error, session) }
        return unsafe try Document(fromDriver: UnsafeBufferPointer(start: reply.start, count: reply.count))
    }

    /// Sorts one of the driver's errors and tells the transaction that it happened in.
    func failure(_ error: cm_error, _ session: MongoSession? = nil) -> MongoError {
        session?.note(error)
        return MongoError(error, isLate: isLate)
    }

    /// Whether the client's limit has passed.
    var isLate: Bool { deadline.map { $0 <= ContinuousClock.now } ?? false }
}
