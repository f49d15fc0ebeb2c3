import GatewayEventLoop
import GatewayHTTP
import GatewayWorkers
import JSON

/// The gateway's own addresses below `/system/`, as OpenFaaS has them, for administrators alone.
final class SystemAPI {
    static let bodyLimit = 1 << 20

    let registry: FunctionRegistry
    let table: ProcessTable
    let log: GatewayLog
    let metrics: Metrics
    let caller: InternalCaller
    let secrets: SecretFolder
    /// Whether a backup that was asked for here is being made.
    var isBackingUp = false
    private let access: SystemAccess

    init(
        registry: FunctionRegistry, table: ProcessTable, log: GatewayLog, metrics: Metrics, caller: InternalCaller,
        secrets: SecretFolder
    ) {
        self.registry = registry
        self.table = table
        self.log = log
        self.metrics = metrics
        self.caller = caller
        self.secrets = secrets
        access = SystemAccess(secrets: secrets, registry: registry, caller: caller)
    }

    /// Refuses at once whoever shows nothing that could open the door.
    func admit(_ head: RequestHead, callID: String) -> Admission {
        if case .refused(let problem) = access.verdict(head) { return .refuse(problem.response(callID: callID)) }
        return .accept(bodyLimit: Self.bodyLimit)
    }

    func handle(_ request: consuming Request, _ answer: PendingAnswer, callID: String) {
        let request = request
        access.decide(request.head, client: request.clientAddress) { [self] verdict in
            do throws(Problem) {
                switch verdict {
                case .refused(let problem): throw problem
                case .granted(let isFresh): try serve(request, answer, callID: callID, isFresh: isFresh)
                }
            } catch {
                answer.answer(error.response(callID: callID))
            }
        }
    }

    private func serve(
        _ request: Request, _ answer: PendingAnswer, callID: String, isFresh: Bool
    ) throws(Problem) {
        let head = request.head
        guard let route = SystemRoute(path: head.path) else { throw .notFound }
        guard route.methods.contains(head.method) else {
            throw .methodNotAllowed(route.methods.joined(separator: ", "))
        }
        let query = try QueryParameters(head.query, known: route.parameters)
        switch route {
        case .info: answer.answer(Self.json(Self.info, callID))
        case .namespaces: answer.answer(Self.json(.array(namespaces.sorted().map(JSONValue.string)), callID))
        case .functions: answer.answer(try functions(request, query, callID))
        case .function(let name): answer.answer(Self.json(status(try entry(name, query["namespace"])), callID))
        case .scale(let name): answer.answer(try scale(name, request.body, query, callID))
        case .secrets: answer.answer(try secrets(request, query, callID, isFresh: isFresh))
        case .logs: try logs(query, answer, callID)
        case .calls: try calls("GET", "/calls", query: head.query, answer, callID)
        case .backups: try backups(head.method, answer, callID)
        case .retry(let id): try calls("POST", "/calls/\(id)/retry", query: nil, answer, callID)
        }
    }

    /// An answer of JSON, or an empty one.
    static func json(_ value: JSONValue?, _ callID: String, status: Int = 200) -> Response {
        response(value?.text ?? [], value == nil ? nil : "application/json", callID, status: status)
    }

    static func response(_ body: [UInt8], _ type: String?, _ callID: String, status: Int = 200) -> Response {
        var fields = [HTTPField("Cache-Control", "no-store"), HTTPField("X-Content-Type-Options", "nosniff")]
        if let type { fields.append(HTTPField("Content-Type", type)) }
        fields.append(HTTPField("X-Call-Id", callID))
        var response = Response(status: status, headers: fields, body: body)
        response.note = callID
        return response
    }

    /// The function of that name, which may carry its namespace; throws where none takes calls.
    func entry(_ name: String, _ namespace: String?) throws(Problem) -> FunctionEntry {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let entry = registry.entries[parts[0]], [nil, "", entry.namespace].contains(namespace),
            parts.count == 1 || parts[1] == entry.namespace
        else { throw .noFunction }
        return entry
    }

    /// Those of the functions, and the one of functions that name none.
    var namespaces: Set<String> {
        Set(registry.entries.values.map(\.namespace)).union([FunctionEntry.usualNamespace])
    }

    private static let info: JSONValue = [
        "arch": .string(architecture),
        "version": ["release": .string(CommandLineRequest.version), "sha": "", "commit_message": ""],
        "provider": [
            "provider": "passerelle", "orchestration": "processes",
            "version": ["release": .string(CommandLineRequest.version), "sha": ""],
        ],
    ]

    #if arch(arm64)
        private static let architecture = "aarch64"
    #else
        private static let architecture = "x86_64"
    #endif
}
