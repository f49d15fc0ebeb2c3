import Installation
import JSON
import Primitives
import Runtime
import SystemStore

/// What the gateway keeps in the store: which of many gateways fires a slot of the schedule, and calls for later.
@main
struct QueueCalls: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/slots") { try $0.grant($1, $2) },
        Route("GET", "/slots/{name}") { try $0.lastSlot($1, $2) },
        Route("POST", "/calls") { try $0.store($1, $2) },
        Route("GET", "/calls", parameters: Page.parameters.union(["status"])) { try $0.list($1, $2) },
        Route("POST", "/calls/lease") { try $0.lease($1, $2) },
        Route("GET", "/calls/{callId}") { try $0.show($1, $2) },
        Route("POST", "/calls/{callId}/settle") { try $0.settle($1, $2) },
        Route("POST", "/calls/{callId}/retry") { try $0.retry($1, $2) },
        Route("GET", "/depth") { try $0.depth($1, $2) },
    ]

    let installation: Installation
    let calls: Calls
    private let slots: Slots

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "queue-calls")
        calls = Calls(installation)
        slots = Slots(installation)
    }

    /// Refuses calls from outside, and keeps to the deadline.
    func begin(_ request: Request, _ context: Context) throws(FunctionFailure) {
        try installation.requireInternal(request, context)
        installation.begin(context)
    }

    private func grant(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let asked: SlotRequest = try request.content()
        let isGranted = try slots.grant(
            asked.name.text, asked.slot.number, to: asked.owner.text, for: .seconds(asked.leaseSeconds.number),
            at: context.now)
        return Answer.json(["granted": .bool(isGranted)])
    }

    private func lastSlot(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let last = try slots.last(request.captures["name"] ?? "")
        return Answer.json(["last": last.map(JSONValue.integer) ?? .null])
    }
}
