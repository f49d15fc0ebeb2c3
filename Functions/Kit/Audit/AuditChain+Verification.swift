import BSON
public import MongoDB
public import Primitives

/// What verification found.
public struct AuditVerdict: Sendable {
    /// Something that is not as it was written.
    public struct Fault: Equatable, Sendable {
        /// The place in the chain; 0 for what has no place yet.
        public let seq: Int64
        /// What is wrong, a clause for people.
        public let what: String
    }

    /// How many events were checked.
    public var events = 0
    /// How many wait to be sealed.
    public var unsealed = 0
    /// The end of the chain as it was found.
    public var head = AuditHead.beginning
    /// Whether the head that was noted outside the database is in the chain; `nil` where none is noted.
    public var outsideHead: Bool?
    /// The first fault; `nil` where all is well.
    public var fault: Fault?
}

extension AuditChain {
    /// How long an event may wait for its seal.
    public static let patience: Duration = .seconds(60)

    /// Reads the whole chain in order, in constant memory, and names the first event that is not as it was written.
    ///
    /// `outside` is the head that was last noted outside the database.
    public func verify(outside: AuditHead?, at now: Timestamp) throws(MongoError) -> AuditVerdict {
        var verdict = AuditVerdict()
        var end = AuditHead.beginning
        // Read before the events: the chain may grow meanwhile, but what was its end must stay in it.
        let head = try head()
        var isHeadThere = head == .beginning
        try events.forEach(["seq": ["$gte": 1]], sort: ["seq": 1], readConcern: .majority) {
            (document) throws(MongoError) in
            verdict.events += 1
            guard verdict.fault == nil else { return }
            verdict.fault = check(SealedEvent(document), after: &end)
            isHeadThere = isHeadThere || end == head
            if let outside, end.seq == outside.seq { verdict.outsideHead = end == outside }
        }
        verdict.head = end
        checkHead(&verdict, head, isThere: isHeadThere)
        checkOutside(&verdict, outside)
        try checkUnsealed(&verdict, at: now)
        try checkWriters(&verdict)
        return verdict
    }

    private func check(_ event: SealedEvent, after end: inout AuditHead) -> AuditVerdict.Fault? {
        let seq = end.seq + 1
        guard event.seq == seq else { return .init(seq: seq, what: "an event is missing") }
        guard event.previousHash == end.hash else {
            return .init(seq: seq, what: "the event does not follow the one before")
        }
        guard event.isGenuine(keys) else { return .init(seq: seq, what: "the event was changed or made up") }
        guard let hash = event.hash(at: seq, after: end.hash, keys), hash == event.hash else {
            return .init(seq: seq, what: "the event was sealed elsewhere or changed")
        }
        end = AuditHead(seq: seq, hash: hash)
        return nil
    }

    private func checkHead(_ verdict: inout AuditVerdict, _ head: AuditHead?, isThere: Bool) {
        guard verdict.fault == nil else { return }
        if head == nil {
            verdict.fault = .init(seq: verdict.head.seq, what: "the signed head was changed")
        } else if !isThere {
            verdict.fault = .init(seq: verdict.head.seq + 1, what: "events were cut off")
        }
    }

    private func checkOutside(_ verdict: inout AuditVerdict, _ outside: AuditHead?) {
        guard let outside, verdict.outsideHead != true else { return }
        verdict.outsideHead = outside == .beginning
        guard outside != .beginning, verdict.fault == nil else { return }
        verdict.fault = .init(
            seq: min(outside.seq, verdict.head.seq + 1), what: "the chain is not the one noted outside the database")
    }

    private func checkUnsealed(_ verdict: inout AuditVerdict, at now: Timestamp) throws(MongoError) {
        var isForged = false
        var isLate = false
        var count = 0
        try events.forEach([SealedEvent.unsealedField: true], sort: ["_id": 1], readConcern: .majority) {
            (document) throws(MongoError) in
            count += 1
            isForged = isForged || !SealedEvent(document).isGenuine(keys)
            isLate = isLate || (document["at"]?.date.map { now >= $0.adding(Self.patience) } ?? true)
        }
        verdict.unsealed = count
        verdict.events += count
        if isForged { verdict.fault = verdict.fault ?? .init(seq: 0, what: "an unsealed event was changed or made up") }
        if isLate { verdict.fault = verdict.fault ?? .init(seq: 0, what: "an event has waited over 60 s for its seal") }
    }

    /// Each writer numbers its events from 1: a number left out is an event removed before it was sealed.
    private func checkWriters(_ verdict: inout AuditVerdict) throws(MongoError) {
        guard verdict.fault == nil else { return }
        guard let suspect = try gap(among: [:]), let writer = suspect["_id"] else { return }
        // While events are being written, one may be counted without the one before it; a second look at it settles it.
        guard let gap = try gap(among: ["writer.id": writer]) else { return }
        verdict.fault = .init(seq: gap["seq"]?.integer ?? 0, what: "a writer's event is missing")
    }

    private func gap(among filter: Document) throws(MongoError) -> Document? {
        let count: Document = [
            "_id": "$writer.id", "last": ["$max": "$writer.n"], "count": ["$sum": 1], "seq": ["$max": "$seq"],
        ]
        return try events.aggregate(
            [
                ["$match": .document(filter)], ["$group": .document(count)],
                ["$match": ["$expr": ["$ne": ["$last", "$count"]]]], ["$limit": 1],
            ], readConcern: .majority
        ).first
    }
}
