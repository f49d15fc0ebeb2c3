import AccountsAccess
import AccountsDomain
import AccountsIssuing
import AccountsStore
import Audit
import Installation
import JSON
import Primitives
import Runtime

extension RotateCredentials {
    func rotate(
        _ scope: RotationScope, _ mode: Operation.Mode?, by admin: Caller, _ context: Context
    ) throws -> Answer {
        let (target, mode) = try resolve(scope, mode, context)
        let operation = try accounts.order(mode, target, by: admin.accountID, context)
        guard mode == .now, !operation.handsOutLater else {
            let end = context.now.adding(.milliseconds(500))
            let advanced = try accounts.advance(operation, until: end, context)
            let isDone = advanced.status != .running
            return Answer.json(advanced.json(handouts: []), status: isDone ? 200 : 202)
        }
        let done = try accounts.advance(operation, until: context.now.adding(.seconds(30)), context)
        if done.status == .failed { throw AccountsError.callerEnded }
        let handouts = try mint(done, after: nil, limit: Int(Operation.mostAtOnce), by: admin, context)
        return Answer.json(done.json(handouts: handouts.map(\.json))).keptSecret()
    }

    func mintHandouts(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let admin = try access.caller(request, context)
        let wanted = try request.content(as: MintingRequest.self)
        try access.requireFreshAdmin(admin, context)
        let operation = try operation(request)
        let list = "operations/\(operation.id)/handouts"
        let after = try wanted.after.map { (cursor) throws(FunctionFailure) in
            try accounts.installation.cursors.open(cursor, list: list, caller: admin.accountID)
        }
        let minted = try mint(
            operation, after: after.flatMap(UniqueID.init(bytes:)), limit: Int(wanted.limit), by: admin, context)
        let isFull = minted.count == Int(wanted.limit)
        let next = isFull ? minted.last.map { $0.account.bytes } : nil
        let cursor = next.map { accounts.installation.cursors.seal($0, list: list, caller: admin.accountID) }
        return Answer.json([
            "handouts": .array(minted.map(\.json)), "next": cursor.map(JSONValue.string) ?? .null,
        ]).keptSecret()
    }

    private func resolve(
        _ scope: RotationScope, _ mode: Operation.Mode?, _ context: Context
    ) throws -> (RotationTarget, Operation.Mode) {
        switch scope {
        case .one(let login):
            guard let account = try accounts.account(login, at: context.now) else { throw FunctionFailure.notFound }
            if account.status == .locked { throw FunctionFailure.conflict }
            return (.logins([login]), mode ?? .now)
        case .several(let logins): return (.logins(logins), mode ?? .nextLogin)
        case .expiringWithin(let days):
            return (.expiringBefore(context.now.adding(.seconds(days * 86_400))), mode ?? .nextLogin)
        case .all: return (.all, mode ?? .nextLogin)
        }
    }

    private func operation(_ request: Request) throws -> Operation {
        guard let id = UniqueID(parsing: request.captures["operationId"] ?? ""),
            let operation = try accounts.operation(id)
        else { throw FunctionFailure.notFound }
        return operation
    }

    private func mint(
        _ operation: Operation, after: UniqueID?, limit: Int, by admin: Caller, _ context: Context
    ) throws -> [(account: UniqueID, json: JSONValue)] {
        let waiting = try accounts.waiting(for: operation, after: after, limit: limit)
        return try waiting.compactMap { account in
            do {
                let handout = try accounts.mintAgain(account, by: .account(admin.accountID), context)
                let link = HandoutAnswer(handout, accounts.installation)
                return (account.id, ["login": .string(account.login), "handout": try link.json()])
            } catch AccountsError.overtaken {
                return nil
            }
        }
    }
}

/// What is asked for when an operation's hand-outs are minted.
struct MintingRequest: JSONObjectReadable {
    let after: String?
    let limit: Int64

    init(members: inout JSONMembers) throws(JSONError) {
        after = try members.optional("after")
        limit = try members.optional("limit") ?? 100
        guard (1...100).contains(limit) else { throw JSONError("must be 1 to 100").inside("limit") }
    }
}

extension Operation {
    /// The operation as admins see it; with the hand-outs in the answer that made them.
    func json(handouts: [JSONValue]?) -> JSONValue {
        var object = JSONObject([
            ("operationId", .string(id.description)), ("mode", .string(mode.rawValue)),
            ("status", .string(status.rawValue)), ("matched", .integer(matched)), ("rotated", .integer(rotated)),
        ])
        if let handouts { object.append("handouts", .array(handouts)) }
        return .object(object)
    }
}
