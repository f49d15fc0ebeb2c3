extension MongoClient {
    /// For how long a transaction is tried where the client has no limit.
    private static var longestTransaction: Duration { .seconds(10) }

    /// Runs `body` in a transaction and commits it; runs it again where a concurrent one got in the way.
    ///
    /// What `body` throws aborts the transaction and is thrown. `body` must pass its session to every call and do
    /// nothing else that may not happen twice. Throws `.conflict` or what failed last where there is no time left.
    public func withTransaction<Result, Failure: StoreFailure>(
        _ body: (MongoSession) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var attempts = Attempts(until: giveUp())
        while true {
            if let result = try attempt(body, &attempts) { return result }
        }
    }

    /// One attempt; `nil` where it may be started over.
    private func attempt<Result, Failure: StoreFailure>(
        _ body: (MongoSession) throws(Failure) -> Result, _ attempts: inout Attempts
    ) throws(Failure) -> Result? {
        let session = try Failure.carrying { () throws(MongoError) in try MongoSession(client: self) }
        let result: Result
        do throws(Failure) {
            result = try body(session)
        } catch {
            if attempts.mayGoOn(after: session.abort()) { return nil }
            throw error
        }
        return try Failure.carrying { () throws(MongoError) in try commit(session, &attempts) } ? result : nil
    }

    /// Whether the commit is done; `false` where the transaction may be started over.
    private func commit(_ session: MongoSession, _ attempts: inout Attempts) throws(MongoError) -> Bool {
        while let failure = session.commit() {
            guard failure.fate != .final, attempts.mayGoOn(after: failure.setback) else { throw failure.error }
            if failure.fate == .undone { return false }
        }
        return true
    }

    private func giveUp() -> ContinuousClock.Instant {
        deadline ?? ContinuousClock.now + Self.longestTransaction
    }
}
