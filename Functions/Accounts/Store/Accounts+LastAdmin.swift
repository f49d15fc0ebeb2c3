import AccountsDomain
import BSON
import MongoDB
import Primitives

extension Accounts {
    /// The admins who can log in: active ones whose credentials have logged in, ended ones, which a renewal follows,
    /// among them. Who waits for the claim of a hand-out, or has yet to show that he has his new set, does not count.
    private static let ableAdmin: Document = [
        "roles": .string(Role.admin.rawValue), "status": .string(AccountStatus.active.rawValue),
        "credentials.confirmed": true,
    ]

    /// Throws `.lastAdmin` where no admin could log in any more; concurrent changes get in each other's way.
    func keepAnAdmin(_ session: MongoSession) throws(AccountsError) {
        let isLeft = try AccountsError.carrying { () throws(MongoError) in
            try touchGuard(session)
            return try accounts.findOne(Self.ableAdmin, projection: ["_id": 1], session: session) != nil
        }
        guard isLeft else { throw .lastAdmin }
    }

    /// Throws `.callerEnded` unless that admin can log in; concurrent changes get in each other's way, so that two admins
    /// cannot end each other's credentials.
    func needAble(_ admin: UniqueID, _ session: MongoSession) throws(AccountsError) {
        let isAble = try AccountsError.carrying { () throws(MongoError) in
            try touchGuard(session)
            return try hasAbleAdmin(among: [admin], session)
        }
        guard isAble else { throw .callerEnded }
    }

    private func touchGuard(_ session: MongoSession) throws(MongoError) {
        try adminGuard.update(["_id": "admins"], ["$inc": ["changes": 1]], upsert: true, session: session)
    }

    /// Those of `ids` whose credentials an operation may end so that an admin is left who can hand out what it ended:
    /// all, but for one admin where no other can log in, rather who ordered it than another.
    func sparingAnAdmin(_ ids: [UniqueID], of operation: Operation) throws(MongoError) -> [UniqueID] {
        let able = try accounts.find(Self.able(among: ids), sort: ["_id": 1], projection: ["_id": 1])
            .compactMap { $0["_id"]?.id }
        let others = Self.ableAdmin.merging(["_id": ["$nin": .array(able.map(BSONValue.id))]])
        guard let first = able.first, try accounts.findOne(others, projection: ["_id": 1]) == nil else { return ids }
        let spared = able.contains(operation.orderedBy) ? operation.orderedBy : first
        return ids.filter { $0 != spared }
    }

    /// Whether an admin who can log in is among them.
    func hasAbleAdmin(among ids: [UniqueID], _ session: MongoSession) throws(MongoError) -> Bool {
        try accounts.findOne(Self.able(among: ids), projection: ["_id": 1], session: session) != nil
    }

    private static func able(among ids: [UniqueID]) -> Document {
        ableAdmin.merging(["_id": ["$in": .array(ids.map(BSONValue.id))]])
    }
}
