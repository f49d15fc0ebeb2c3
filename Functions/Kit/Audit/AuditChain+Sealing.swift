import BSON
public import MongoDB
import Primitives

/// What one pass of the sealer did.
public struct SealingReport: Sendable {
    /// How many events it sealed.
    public let sealed: Int
    /// The events whose signature is not ours; they stay unsealed and are told of by verification.
    public let forged: Int
    /// The head behind them.
    public let head: AuditHead
}

/// Why sealing stopped; nothing of the batch is sealed.
public enum SealingError: StoreFailure, Equatable {
    case store(MongoError)
    /// The stored head is not signed with our key: it was tampered with.
    case headForged
    /// Another sealer was first.
    case overtaken
}

extension AuditChain {
    /// Seals the oldest waiting events, at most a thousand, in one transaction that is conditional on the head.
    public func sealBatch() throws(SealingError) -> SealingReport {
        guard let head = try SealingError.carrying({ () throws(MongoError) in try head() }) else { throw .headForged }
        let waiting = try SealingError.carrying { () throws(MongoError) in
            try events.find(
                [SealedEvent.unsealedField: true], sort: ["_id": 1], limit: Self.batchSize, readConcern: .majority)
        }.map(SealedEvent.init)
        let genuine = waiting.filter { $0.isGenuine(keys) }
        guard !genuine.isEmpty else { return SealingReport(sealed: 0, forged: waiting.count, head: head) }
        let (updates, next) = links(genuine, after: head)
        try client.withTransaction { (session) throws(SealingError) in
            let moved = try SealingError.carrying { () throws(MongoError) in try move(head, to: next, session) }
            guard moved else { throw .overtaken }
            let sealed = try SealingError.carrying { () throws(MongoError) in try apply(updates, session) }
            guard sealed == updates.count else { throw .overtaken }
        }
        return SealingReport(sealed: updates.count, forged: waiting.count - genuine.count, head: next)
    }

    private func links(_ events: [SealedEvent], after head: AuditHead) -> (updates: [BSONValue], head: AuditHead) {
        var head = head
        var updates: [BSONValue] = []
        for event in events {
            guard let id = event.document["_id"], let hash = event.hash(at: head.seq + 1, after: head.hash, keys)
            else { continue }
            let seal: Document = [
                "seq": .int64(head.seq + 1), "previousHash": .bytes(head.hash), "hash": .bytes(hash),
            ]
            updates.append([
                "q": ["_id": id, SealedEvent.unsealedField: true],
                "u": ["$set": .document(seal), "$unset": [SealedEvent.unsealedField: true]],
            ])
            head = AuditHead(seq: head.seq + 1, hash: hash)
        }
        return (updates, head)
    }

    private func move(_ head: AuditHead, to next: AuditHead, _ session: MongoSession) throws(MongoError) -> Bool {
        let stored = next.document(keys)
        guard head.seq > 0 else {
            do throws(MongoError) {
                try heads.insert(stored.merging(["_id": .string(AuditHead.id)]), session: session)
                return true
            } catch .duplicateKey {
                return false
            }
        }
        let same: Document = ["_id": .string(AuditHead.id), "seq": .int64(head.seq), "hash": .bytes(head.hash)]
        return try heads.update(same, ["$set": .document(stored)], session: session).matched == 1
    }

    private func apply(_ updates: [BSONValue], _ session: MongoSession) throws(MongoError) -> Int {
        let command: Document = ["update": "audit", "updates": .array(updates), "ordered": true]
        return Int(try client.run(command, on: "passerelle", session: session)["n"]?.integer ?? 0)
    }
}

extension SealingError {
    static func carrying<Result>(_ body: () throws(MongoError) -> Result) throws(SealingError) -> Result {
        do throws(MongoError) {
            return try body()
        } catch {
            throw .store(error)
        }
    }
}
