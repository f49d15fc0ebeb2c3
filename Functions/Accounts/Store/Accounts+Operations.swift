import AccountsDomain
import Audit
import BSON
public import MongoDB
public import Primitives
public import Runtime

extension Accounts {
    /// How many accounts one step of an operation changes, in one transaction.
    private static let stepSize = 1000
    private static let leaseMilliseconds: Int64 = 30_000

    /// Stores an operation; nothing is rotated yet.
    public func order(
        _ mode: Operation.Mode, _ target: RotationTarget, by admin: UniqueID, _ context: Context
    ) throws -> Operation {
        let filter = target.filter(caller: admin)
        let operation = Operation(
            id: UniqueID(at: context.now, random: context.random), mode: mode, status: .running,
            matched: Int64(try accounts.count(filter)), rotated: 0, orderedBy: admin, filter: filter, cursor: nil)
        let started = AuditEvent(
            .operationStarted, by: .account(admin), on: .system, call: context.callID, at: context.now)
        let document = operation.document.merging(["startedAt": .date(context.now), "leasedUntil": .date(context.now)])
        try recording([started]) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in try operations.insert(document, session: session) }
        }
        return operation
    }

    /// The operation of that id; `nil` where there is none.
    public func operation(_ id: UniqueID) throws(MongoError) -> Operation? {
        try operations.findOne(["_id": .id(id), "kind": "rotation"]).flatMap(Operation.init)
    }

    /// The accounts that an operation left waiting for a claim, in the order of their ids.
    public func waiting(
        for operation: Operation, after: UniqueID?, limit: Int
    ) throws(MongoError) -> [Account] {
        var filter: Document = ["credentials.operationId": .id(operation.id), "credentials.password": .null]
        if let after { filter.append("_id", ["$gt": .id(after)]) }
        return try accounts.find(filter, sort: ["_id": 1], limit: limit).compactMap(Account.init)
    }

    /// Takes one running operation that no other worker is at; `nil` where there is none.
    public func leaseOperation(_ context: Context) throws(MongoError) -> Operation? {
        let free: Document = [
            "kind": "rotation", "status": .string(Operation.Status.running.rawValue),
            "leasedUntil": ["$lte": .date(context.now)],
        ]
        let end = Timestamp(milliseconds: context.now.milliseconds + Self.leaseMilliseconds)
        return try operations.findAndUpdate(free, ["$set": ["leasedUntil": .date(end)]]).flatMap(Operation.init)
    }

    /// Goes on with an operation until it is done or `end` has come; each step is one transaction.
    public func advance(_ operation: Operation, until end: Timestamp, _ context: Context) throws -> Operation {
        var operation = operation
        do {
            while operation.status == .running, context.now < end {
                operation = try stepOrEnd(operation, context)
            }
        } catch AccountsError.overtaken {
            return try self.operation(operation.id) ?? operation
        }
        if operation.status == .running {
            try operations.update(
                ["_id": .id(operation.id)], ["$set": ["leasedUntil": .date(Timestamp(milliseconds: 0))]])
        }
        return operation
    }

    private func stepOrEnd(_ operation: Operation, _ context: Context) throws -> Operation {
        do {
            return try step(operation, context)
        } catch AccountsError.callerEnded {
            return try giveUp(operation, context)
        }
    }

    private func step(_ operation: Operation, _ context: Context) throws -> Operation {
        var filter = operation.filter
        if let cursor = operation.cursor { filter = ["$and": [.document(filter), ["_id": ["$gt": .id(cursor)]]]] }
        let found = try accounts.find(filter, sort: ["_id": 1], limit: Self.stepSize, projection: ["_id": 1])
            .compactMap { $0["_id"]?.id }
        let ids = operation.handsOutLater ? try sparingAnAdmin(found, of: operation) : found
        var next = operation
        next.cursor = found.last ?? operation.cursor
        next.status = found.count < Self.stepSize ? .done : .running
        let events = self.events(of: operation, ids, isLast: next.status == .done, context)
        return try recording(events) { (session) throws(AccountsError) in
            let endsAdmins = try AccountsError.carrying { () throws(MongoError) in
                guard operation.mode == .now else { return false }
                return try hasAbleAdmin(among: ids, session)
            }
            if endsAdmins, !operation.handsOutLater { try needAble(operation.orderedBy, session) }
            let saved = try AccountsError.carrying { () throws(MongoError) in
                var done = next
                done.rotated += Int64(try rotate(ids, operation, context, session))
                return try save(done, over: operation, context, session) ? done : nil
            }
            guard let saved else { throw .overtaken }
            if endsAdmins, operation.handsOutLater {
                try orOvertaken { () throws(AccountsError) in try keepAnAdmin(session) }
            }
            return saved
        }
    }

    /// Gives an operation up, whose caller can no longer log in himself.
    private func giveUp(_ operation: Operation, _ context: Context) throws -> Operation {
        var next = operation
        next.status = .failed
        var ended = AuditEvent(
            .operationFinished, by: .account(operation.orderedBy), on: .system, call: context.callID, at: context.now)
        ended.outcome = .refused
        return try recording([ended]) { (session) throws(AccountsError) in
            let isSaved = try AccountsError.carrying { () throws(MongoError) in
                try save(next, over: operation, context, session)
            }
            guard isSaved else { throw .overtaken }
            return next
        }
    }

    /// Another operation, or a lock, took the other admins away since this step looked: it looks again.
    private func orOvertaken(_ body: () throws(AccountsError) -> Void) throws(AccountsError) {
        do { try body() } catch .lastAdmin { throw .overtaken }
    }

    private func rotate(
        _ ids: [UniqueID], _ operation: Operation, _ context: Context, _ session: MongoSession
    ) throws(MongoError) -> Int {
        guard !ids.isEmpty else { return 0 }
        let these: Document = ["_id": ["$in": .array(ids.map(BSONValue.id))]]
        let still = these.merging(["status": ["$ne": .string(AccountStatus.locked.rawValue)]])
        switch operation.mode {
        case .nextLogin:
            return try accounts.updateMany(still, ["$set": ["credentials.mustRenew": true]], session: session).matched
        case .now:
            let of: Document = ["accountId": ["$in": .array(ids.map(BSONValue.id))]]
            let open = of.merging(["claimedAt": .null, "revokedAt": .null])
            for collection in [sessions, devices, renewals] { try collection.deleteMany(of, session: session) }
            try handouts.updateMany(open, ["$set": ["revokedAt": .date(context.now)]], session: session)
            return try accounts.updateMany(still, kill(operation, context), session: session).matched
        }
    }

    /// Takes the secrets away; the account waits for the claim of a hand-out that the operation's page mints.
    private func kill(_ operation: Operation, _ context: Context) -> Document {
        let claimBy = context.now.adding(handoutLife)
        return [
            "$inc": ["credentials.version": 1],
            "$set": [
                "credentials.issuedAt": .date(context.now), "credentials.claimBy": .date(claimBy),
                "credentials.confirmed": false, "credentials.mustRenew": false,
                "credentials.operationId": .id(operation.id),
            ],
            "$unset": [
                "credentials.password": true, "credentials.totp": true, "credentials.recoveryCodes": true,
                "credentials.pepperId": true, "credentials.recoveryPepperId": true, "totpLastStep": true,
            ],
        ]
    }

    private func save(
        _ operation: Operation, over before: Operation, _ context: Context, _ session: MongoSession
    ) throws(MongoError) -> Bool {
        let same: Document = [
            "_id": .id(before.id), "cursor": before.cursor.map(BSONValue.id) ?? .null,
            "status": .string(Operation.Status.running.rawValue),
        ]
        let lease = operation.status == .done ? 0 : Self.leaseMilliseconds
        let progress = operation.document.merging([
            "leasedUntil": .date(Timestamp(milliseconds: context.now.milliseconds + lease))
        ])
        let changes = Document(progress.elements.filter { $0.name != "_id" })
        return try operations.update(same, ["$set": .document(changes)], session: session).matched == 1
    }

    private func events(
        of operation: Operation, _ ids: [UniqueID], isLast: Bool, _ context: Context
    ) -> [AuditEvent] {
        let kind: AuditEvent.Kind = operation.mode == .now ? .credentialsRotated : .renewalOrdered
        let events = ids.map { id in
            AuditEvent(
                kind, by: .account(operation.orderedBy), on: .account(id), call: context.callID, at: context.now)
        }
        guard isLast else { return events }
        let finished = AuditEvent(
            .operationFinished, by: .account(operation.orderedBy), on: .system, call: context.callID, at: context.now)
        return events + [finished]
    }
}
