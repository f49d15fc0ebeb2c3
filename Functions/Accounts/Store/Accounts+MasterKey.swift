import Audit
import BSON
import FieldEncryption
import Installation
public import MongoDB
public import Primitives
public import Runtime

extension Accounts {
    private static let leaseMilliseconds: Int64 = 15_000

    /// Stores the order to wrap every data key anew under the present `master-key`, or gives the one that is running.
    ///
    /// Both secrets are read anew. Throws 409 where `master-key-previous` is not there, or another master key's
    /// rotation still runs.
    public func orderMasterKeyRotation(by admin: UniqueID, _ context: Context) throws -> MasterKeyOperation {
        let keys = try installation.masterKeys()
        guard keys.canRotate else { throw FunctionFailure.noPreviousMasterKey }
        let operation = MasterKeyOperation(
            id: UniqueID(at: context.now, random: context.random), fingerprint: keys.fingerprint, orderedBy: admin,
            startedAt: try serverTime() ?? context.now)
        if try begin(operation, context) { return operation }
        let filter = Self.running.merging(["fingerprint": .string(keys.fingerprint)])
        guard let running = try operations.findOne(filter).flatMap(MasterKeyOperation.init) else {
            throw FunctionFailure.masterKeyRotationRuns
        }
        return running
    }

    /// By the clock that tells when data keys were wrapped.
    private func serverTime() throws(MongoError) -> Timestamp? {
        try installation.client.run(["hello": 1], on: "admin")["localTime"]?.date
    }

    /// Stores the order; `false` where another one still runs.
    private func begin(_ operation: MasterKeyOperation, _ context: Context) throws(AccountsError) -> Bool {
        let started = AuditEvent(
            .operationStarted, by: .account(operation.orderedBy), on: .system, call: context.callID, at: context.now)
        let document = operation.document.merging(["leasedUntil": .date(context.now)])
        do {
            try recording([started]) { (session) throws(AccountsError) in
                try AccountsError.carrying { () throws(MongoError) in
                    try operations.insert(document, session: session)
                }
            }
            return true
        } catch {
            guard case .store(.duplicateKey) = error else { throw error }
            return false
        }
    }

    /// Takes the running rotation of the master key, where no other worker is at it; `nil` where there is none.
    public func leaseMasterKeyRotation(_ context: Context) throws(MongoError) -> MasterKeyOperation? {
        let free = Self.running.merging(["leasedUntil": ["$lte": .date(context.now)]])
        return try operations.findAndUpdate(free, ["$set": ["leasedUntil": .date(leaseEnd(context))]])
            .flatMap(MasterKeyOperation.init)
    }

    /// Goes on with a rotation of the master key until it is over or `end` has come.
    ///
    /// Data keys are changed first and the progress is stored after, so that one killed in between does some of it
    /// twice, which changes nothing.
    public func advance(
        _ operation: MasterKeyOperation, until end: Timestamp, _ context: Context
    ) throws -> MasterKeyOperation {
        var operation = operation
        let keys = try installation.masterKeys()
        guard keys.fingerprint == operation.fingerprint else {
            let failed = operation.ended(.failed)
            return try save(failed, over: operation, context) == nil ? operation : failed
        }
        let rewrap = DataKeyRewrap(
            client: installation.client, keys: keys, startedAt: operation.startedAt, random: context.random)
        try rewrap.announce()
        while operation.status == .running, context.now < end {
            let step = try rewrap.step(after: operation.cursor)
            guard let saved = try save(operation.after(step), over: operation, context) else {
                return try masterKeyOperation(operation.id) ?? operation
            }
            operation = saved
        }
        if operation.status == .running { try release(operation, context) }
        return operation
    }

    private static let running: Document = [
        "kind": .string(MasterKeyOperation.kind), "status": .string(Operation.Status.running.rawValue),
    ]

    private func leaseEnd(_ context: Context) -> Timestamp {
        Timestamp(milliseconds: context.now.milliseconds + Self.leaseMilliseconds)
    }

    private func masterKeyOperation(_ id: UniqueID) throws(MongoError) -> MasterKeyOperation? {
        try operations.findOne(["_id": .id(id)]).flatMap(MasterKeyOperation.init)
    }

    /// Lets another worker go on at once.
    private func release(_ operation: MasterKeyOperation, _ context: Context) throws(MongoError) {
        try operations.update(["_id": .id(operation.id)], ["$set": ["leasedUntil": .date(context.now)]])
    }

    /// Stores the progress, with the events where it is the last; `nil` where another worker has gone on meanwhile.
    private func save(
        _ next: MasterKeyOperation, over before: MasterKeyOperation, _ context: Context
    ) throws(AccountsError) -> MasterKeyOperation? {
        let same: Document = [
            "_id": .id(before.id), "status": .string(before.status.rawValue), "found": .int64(before.found),
            "cursor": before.cursor.map(BSONValue.id) ?? .null, "foreign": .int64(before.foreign),
        ]
        var changes = Document(next.document.elements.filter { $0.name != "_id" })
        changes.append("leasedUntil", .date(leaseEnd(context)))
        return try recording(events(of: next, context)) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                let result = try operations.update(same, ["$set": .document(changes)], session: session)
                return result.matched == 1 ? next : nil
            }
        }
    }

    private func events(of operation: MasterKeyOperation, _ context: Context) -> [AuditEvent] {
        let kinds: [AuditEvent.Kind]
        switch operation.status {
        case .running: kinds = []
        case .done: kinds = [.masterKeyRotated, .operationFinished]
        case .failed: kinds = [.operationFinished]
        }
        return kinds.map { kind in
            AuditEvent(
                kind, by: .account(operation.orderedBy), on: .system,
                operation.status == .done ? .success : .refused, call: context.callID, at: context.now)
        }
    }
}

extension MasterKeyOperation {
    /// The operation after a step: at the end of a sweep the next one begins, unless nothing was left to do.
    func after(_ step: DataKeyRewrap.Step) -> MasterKeyOperation {
        var next = self
        next.rewrapped += Int64(step.rewrapped)
        next.found += Int64(step.found)
        next.foreign += Int64(step.foreign)
        next.cursor = step.last ?? cursor
        guard step.isEnd else { return next }
        if next.found == 0 { return next.ended(next.foreign == 0 ? .done : .failed) }
        next.cursor = nil
        next.found = 0
        next.foreign = 0
        return next
    }

    func ended(_ status: Operation.Status) -> MasterKeyOperation {
        var next = self
        next.status = status
        return next
    }
}

extension FunctionFailure {
    static let noPreviousMasterKey = FunctionFailure(
        409, "conflict", title: "Conflict",
        detail: "There is no secret master-key-previous: put the present key there and a new one into master-key.")
    static let masterKeyRotationRuns = FunctionFailure(
        409, "conflict", title: "Conflict", detail: "The rotation to another master key is not over yet.")
}
