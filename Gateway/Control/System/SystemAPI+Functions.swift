import GatewayHTTP
import GatewayStack
import GatewayWorkers
import JSON

extension SystemAPI {
    func functions(_ request: Request, _ query: QueryParameters, _ callID: String) throws(Problem) -> Response {
        switch request.head.method {
        case "POST": try deploy(JSONValue.read(request.body), isNew: true, callID)
        case "PUT": try deploy(JSONValue.read(request.body), isNew: false, callID)
        case "DELETE": try pause(JSONValue.read(request.body), callID)
        default: Self.json(list(query["namespace"]), callID)
        }
    }

    /// A function as OpenFaaS's tools see it.
    func status(_ entry: FunctionEntry) -> JSONValue {
        let name = entry.definition.name
        let calls = metrics.figures(of: name).calls.values.reduce(0) { $0 + $1.count }
        return FunctionStatus.json(entry, calls: calls, usage: ProcessUsage(of: table.processes(of: name)))
    }

    /// Asks for so many workers, at most as many as the function may have.
    func scale(
        _ name: String, _ body: [UInt8], _ query: QueryParameters, _ callID: String
    ) throws(Problem) -> Response {
        let asked: ScaleRequest = try JSONValue.read(body)
        let entry = try entry(name, asked.namespace ?? query["namespace"])
        guard [nil, "", name, entry.definition.name].contains(asked.serviceName) else {
            throw .invalid("/serviceName must be the function that the address names.")
        }
        entry.pool.scale(to: asked.replicas)
        log.say("function.scaled", ("function", entry.definition.name), ("workers", String(asked.replicas)))
        return Self.json(nil, callID, status: 202)
    }

    private func list(_ namespace: String?) -> JSONValue {
        let shown = registry.entries.values.filter { [nil, "", $0.namespace].contains(namespace) }
        return .array(shown.sorted { $0.definition.name < $1.definition.name }.map(status))
    }

    /// Changes a function of the stack file, and lets it take calls again where it was paused.
    private func deploy(_ asked: Deployment, isNew: Bool, _ callID: String) throws(Problem) -> Response {
        let isServed = registry.entries[asked.service] != nil
        guard let written = registry.stack.first(where: { $0.name == asked.service }) else {
            guard isNew else { throw .noFunction }
            throw .invalid("Images are not run here: only functions of the stack file can be deployed.")
        }
        guard isNew || isServed else { throw .noFunction }
        try checkNamespace(asked.namespace, written)
        try change(written.name, to: try asked.change(of: written))
        log.say("function.deployed", ("function", written.name))
        return Self.json(nil, callID, status: isNew ? 202 : 200)
    }

    /// Lets a function take no more calls until it is deployed again; what it has begun is answered.
    private func pause(_ asked: RemovalRequest, _ callID: String) throws(Problem) -> Response {
        let entry = try entry(asked.functionName, asked.namespace)
        var change = registry.changes[entry.definition.name] ?? FunctionChange()
        change.isPaused = true
        try self.change(entry.definition.name, to: change)
        log.say("function.paused", ("function", entry.definition.name))
        return Self.json(nil, callID, status: 202)
    }

    private func checkNamespace(_ namespace: String?, _ written: FunctionDefinition) throws(Problem) {
        guard [nil, "", written.namespace ?? FunctionEntry.usualNamespace].contains(namespace) else {
            throw .noFunction
        }
    }

    private func change(_ name: String, to change: FunctionChange) throws(Problem) {
        do {
            try registry.change(name, to: change)
        } catch {
            throw .invalid(error.sentence)
        }
    }
}
