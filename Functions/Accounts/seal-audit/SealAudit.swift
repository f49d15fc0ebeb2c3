import Audit
import Installation
import JSON
import Primitives
import Runtime

/// Seals waiting audit events into the chain; called by the schedule every second.
@main
struct SealAudit: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.seal($1, $2) }
    ]

    private let installation: Installation
    private let chain: AuditChain
    private let outside: OutsideHead?

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "seal-audit")
        chain = AuditChain(client: installation.client, keys: installation.auditKeys)
        outside = environment.setting("AUDIT_HEAD_PATH").map(OutsideHead.init(path:))
    }

    private func seal(_ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.begin(context)
        var sealed = 0
        var forged = 0
        do {
            while true {
                let report = try chain.sealBatch()
                forged = report.forged
                sealed += report.sealed
                if report.sealed > 0 { try note(report.head, context) }
                if report.sealed < AuditChain.batchSize { break }
            }
        } catch SealingError.overtaken {
            return Answer.json(["sealed": .integer(Int64(sealed))])
        }
        return try report(sealed, forged: forged, context)
    }

    private func note(_ head: AuditHead, _ context: Context) throws {
        context.log.write(.info, "audit.head", JSONObject([("head", .string(head.line))]))
        try outside?.append(head)
    }

    private func report(_ sealed: Int, forged: Int, _ context: Context) throws -> Answer {
        let waiting = try chain.unsealed()
        let age = waiting.oldest.map { (context.now.milliseconds - $0.milliseconds) / 1000 } ?? 0
        if forged > 0 { context.log.write(.error, "audit.forged", JSONObject([("events", .integer(Int64(forged)))])) }
        if age >= 60 { context.log.write(.error, "audit.unsealed", JSONObject([("seconds", .integer(age))])) }
        return Answer.json(["sealed": .integer(Int64(sealed)), "unsealed": .integer(Int64(waiting.count))])
            .gauging("audit_unsealed_events", Int64(waiting.count)).gauging("audit_unsealed_seconds", age)
            .gauging("audit_forged_events", Int64(forged))
    }
}
