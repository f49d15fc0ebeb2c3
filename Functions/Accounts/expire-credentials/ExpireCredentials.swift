import AccountsDomain
import AccountsStore
import Installation
import JSON
import Primitives
import Runtime

/// Ends what has run out and announces what soon will; called by the schedule once a day, or by hand.
///
/// Every step is a batch of its own and may be cut off anywhere: the next call goes on with what is left.
@main
struct ExpireCredentials: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.expire($1, $2) }
    ]

    /// How much is done in one transaction.
    private static let batch = 100
    private let installation: Installation
    private let accounts: Accounts

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "expire-credentials")
        accounts = try Accounts(installation)
    }

    private func expire(_ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.begin(context)
        let time = TimeBudget(context)
        var done = JSONObject()
        do {
            for stage in ExpiryStage.allCases {
                let count = try repeatedly(time) { try accounts.announceExpiry(stage, atMost: Self.batch, context) }
                done.append(stage.counter, .integer(count))
            }
            let handouts = try repeatedly(time) { try accounts.announceLapsingHandouts(atMost: Self.batch, context) }
            done.append("handoutsExpiring", .integer(handouts))
            let lapsed = try repeatedly(time) { try accounts.removeLapsed(atMost: Self.batch, context) }
            done.append("accountsLapsed", .integer(lapsed))
        } catch AccountsError.overtaken {
            throw FunctionFailure.unavailable(retryAfter: 60)
        }
        try accounts.listErasures()
        done.append("keysRemoved", .integer(try removeOrphans(time, context)))
        let underPrevious = try accounts.accountsUnderPreviousPepper()
        if let underPrevious { done.append("accountsUnderPreviousPepper", .integer(Int64(underPrevious))) }
        done.append("finished", .bool(!time.isOver))
        context.log.write(.info, "credentials.swept", done)
        let answer = Answer.json(.object(done))
        return underPrevious.map { answer.gauging("accounts_under_previous_pepper", Int64($0)) } ?? answer
    }

    /// Does one batch after another until there is nothing left, or no time.
    private func repeatedly(_ time: TimeBudget, _ batch: () throws -> Int) throws -> Int64 {
        var total: Int64 = 0
        while !time.isOver {
            let count = try batch()
            if count == 0 { break }
            total += Int64(count)
        }
        return total
    }

    private func removeOrphans(_ time: TimeBudget, _ context: Context) throws -> Int64 {
        let keys = try accounts.removeOrphanedKeys(context) { !time.isOver }
        if keys.left > 0 {
            context.log.write(.error, "keys.orphaned", JSONObject([("keys", .integer(Int64(keys.left)))]))
        }
        return Int64(keys.removed)
    }
}

extension ExpiryStage {
    /// The name under which the answer counts it.
    fileprivate var counter: String {
        switch self {
        case .over: "expired"
        case .day: "expiringIn1"
        case .week: "expiringIn7"
        case .fortnight: "expiringIn14"
        }
    }
}
