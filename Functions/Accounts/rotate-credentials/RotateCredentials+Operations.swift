import AccountsAccess
import AccountsStore
import Installation
import JSON
import Primitives
import Runtime

extension RotateCredentials {
    private static let runMilliseconds: Int64 = 5000
    /// For how long an order itself is worked at before the schedule goes on with it.
    private static let firstMilliseconds: Int64 = 500

    func rotateMasterKey(by admin: Caller, _ context: Context) throws -> Answer {
        let operation = try accounts.orderMasterKeyRotation(by: admin.accountID, context)
        let advanced = try accounts.advance(operation, until: context.now.after(Self.firstMilliseconds), context)
        return Answer.json(advanced.json, status: advanced.status == .running ? 202 : 200)
    }

    func listOperations(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let caller = try access.caller(request, context)
        let page = try Page(request, of: "operations", for: caller.accountID, accounts.installation)
        try access.requireAdmin(caller, context)
        let operations = try accounts.listOperations(before: page.afterID, limit: page.limit + 1)
        let shown = operations.prefix(page.limit)
        let next = operations.count > page.limit ? shown.last?.id.bytes : nil
        return Answer.json(page.answer("operations", shown.map(\.json), next: next, accounts.installation))
    }

    func showOperation(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        _ = try access.admin(request, context)
        guard let id = UniqueID(parsing: request.captures["operationId"] ?? ""),
            let operation = try accounts.listedOperation(id)
        else { throw FunctionFailure.notFound }
        return Answer.json(operation.json)
    }

    /// Goes on with what is left to do of one operation of each kind; called by the schedule alone.
    func runOperations(_ request: Request, _ context: Context) throws -> Answer {
        try accounts.installation.requireInternal(request, context)
        accounts.installation.begin(context)
        let end = context.now.after(Self.runMilliseconds)
        if let operation = try accounts.leaseMasterKeyRotation(context) {
            _ = try accounts.advance(operation, until: end, context)
        }
        if let operation = try accounts.leaseOperation(context) {
            _ = try accounts.advance(operation, until: end, context)
        }
        return .noContent
    }
}

extension Timestamp {
    fileprivate func after(_ milliseconds: Int64) -> Timestamp {
        adding(.milliseconds(milliseconds))
    }
}

extension ListedOperation {
    var json: JSONValue {
        switch self {
        case .rotation(let operation): operation.json(handouts: nil)
        case .masterKey(let operation): operation.json
        }
    }
}

extension MasterKeyOperation {
    /// The operation as admins see it.
    var json: JSONValue {
        var object = JSONObject([
            ("operationId", .string(id.description)), ("status", .string(status.rawValue)),
            ("rewrapped", .integer(rewrapped)),
        ])
        if foreign > 0 { object.append("foreign", .integer(foreign)) }
        if previousMayGo { object.append("previousMayGo", .bool(true)) }
        return .object(object)
    }
}
