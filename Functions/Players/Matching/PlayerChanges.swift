import BSON
import MongoDB
import PlayersSnapshot
import Primitives

/// What a batch of the database's changes means for snapshots.
struct PlayerChanges {
    /// The players who must be read again.
    private(set) var changed: Set<UniqueID> = []
    /// When others were seen.
    private(set) var seen: [UniqueID: Timestamp] = [:]
    /// Whether a collection went as a whole.
    private(set) var isBroken = false

    /// What of the database's changes matters here.
    static let stages: [Document] = [
        [
            "$match": [
                "$or": [
                    ["ns.coll": "players"],
                    ["ns.coll": "accounts", "operationType": ["$nin": ["insert", "update"]]],
                    ["ns.coll": "accounts", "updateDescription.updatedFields.status": ["$exists": true]],
                    ["ns.coll": "accounts", "updateDescription.updatedFields.lastSeenAt": ["$exists": true]],
                    ["operationType": ["$in": ["dropDatabase", "invalidate"]]],
                ]
            ]
        ],
        [
            "$project": [
                "operationType": 1, "ns": 1, "documentKey": 1, "updateDescription.updatedFields.status": 1,
                "updateDescription.updatedFields.lastSeenAt": 1,
            ]
        ],
    ]

    init(_ batch: ChangeStream.Batch) {
        for change in batch.changes { add(change) }
        for id in changed { seen[id] = nil }
    }

    private mutating func add(_ change: Document) {
        let kinds = ["insert", "update", "replace", "delete"]
        guard let kind = change["operationType"]?.string, kinds.contains(kind) else {
            isBroken = true
            return
        }
        guard let id = change["documentKey"]?.document?["_id"]?.id else { return }
        let fields = change["updateDescription"]?.document?["updatedFields"]?.document
        if change["ns"]?.document?["coll"]?.string == "accounts", kind == "update", fields?["status"] == nil,
            let time = fields?["lastSeenAt"]?.date
        {
            seen[id] = time
        } else {
            changed.insert(id)
        }
    }
}
