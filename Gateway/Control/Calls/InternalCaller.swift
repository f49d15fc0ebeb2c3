import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Wire

/// Calls functions for the gateway itself.
final class InternalCaller {
    private let loop: EventLoop
    private let metrics: Metrics
    private var callIDs = CallIDs()

    init(loop: EventLoop, metrics: Metrics) {
        self.loop = loop
        self.metrics = metrics
    }

    /// A new id for a call.
    func newID() -> String {
        callIDs.next()
    }

    /// Calls with JSON, under the mark that no request from outside can set; `done` gets `nil` where nothing answered.
    func call(
        _ entry: FunctionEntry, _ method: String, _ path: String, query: String? = nil, body: [UInt8] = [],
        _ done: @escaping (Reply?) -> Void
    ) {
        let fields = body.isEmpty ? [] : [HTTPField("content-type", "application/json")]
        let frame = Self.frame(newID(), method, path, query: query, fields, body: body, isInternal: true)
        send(frame, to: entry, done)
    }

    /// Asks what a caller with these fields would be answered.
    func ask(
        _ entry: FunctionEntry, _ path: String, for client: String, _ fields: [HTTPField],
        _ done: @escaping (Reply?) -> Void
    ) {
        send(Self.frame(newID(), "GET", path, query: nil, fields, body: [], client: client), to: entry, done)
    }

    /// Sends a frame; what the answer says of figures is counted.
    func send(_ frame: [UInt8], to entry: FunctionEntry, _ done: @escaping (Reply?) -> Void) {
        let metrics = metrics
        let owner = InternalCall { reply in
            if let reply { metrics.take(reply) }
            done(reply)
        }
        entry.pool.call(
            PendingCall(
                frame: frame, timeout: entry.definition.settings.execTimeout, arrived: loop.now, owner: owner))
    }

    /// A call's frame from its parts, names of fields in lower case.
    static func frame(
        _ callID: String, _ method: String, _ path: String, query: String?, _ fields: [HTTPField], body: [UInt8],
        client: String = "", isInternal: Bool = false
    ) -> [UInt8] {
        let (path, query) = (Array(path.utf8), query.map { Array($0.utf8) })
        var frame = InvocationFrame(
            callID: callID, method: method, clientAddress: client, isInternal: isInternal, path: path.span,
            query: query?.span, reserving: 1024 + body.count)
        for field in fields { frame.append(field.name, field.value) }
        return frame.finished(body: body)
    }
}
