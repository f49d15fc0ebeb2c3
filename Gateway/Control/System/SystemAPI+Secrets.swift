import GatewayHTTP
import GatewayStack
import JSON
import Platform

extension SystemAPI {
    func secrets(
        _ request: Request, _ query: QueryParameters, _ callID: String, isFresh: Bool
    ) throws(Problem) -> Response {
        if ["GET", "HEAD"].contains(request.head.method) {
            return Self.json(secretNames(query["namespace"]), callID)
        }
        let asked: SecretRequest = try JSONValue.read(request.body)
        guard namespaces.contains(asked.namespace.flatMap { $0.isEmpty ? nil : $0 } ?? FunctionEntry.usualNamespace)
        else { throw .noNamespace }
        guard Names.isSecret(asked.name) else { throw .invalid("/name must be a file's name.") }
        guard isFresh else { throw .strongerProofNeeded }
        guard !SecretFolder.isOwn(asked.name) else {
            throw .forbidden("This secret is the installation's own; it is not changed here.")
        }
        let status = try change(asked, request.head.method)
        log.say("secret.changed", ("secret", asked.name), ("method", request.head.method), ("callId", callID))
        return Self.json(nil, callID, status: status)
    }

    private func secretNames(_ namespace: String?) -> JSONValue {
        let namespace = namespace ?? FunctionEntry.usualNamespace
        guard namespaces.contains(namespace) else { return [] }
        return .array(secrets.names().map { ["name": .string($0), "namespace": .string(namespace)] })
    }

    private func change(_ asked: SecretRequest, _ method: String) throws(Problem) -> Int {
        let isThere = secrets.contains(asked.name)
        do {
            switch method {
            case "POST":
                guard !isThere else { throw Problem.conflict("There is a secret of that name already.") }
                try secrets.write(asked.name, content(asked))
                return 201
            case "PUT":
                guard isThere else { throw Problem.notFound }
                try secrets.write(asked.name, content(asked))
                return 200
            default:
                guard isThere else { throw Problem.notFound }
                try checkUnused(asked.name)
                try secrets.remove(asked.name)
                return 202
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .away("The secrets' folder cannot be written.")
        }
    }

    private func content(_ asked: SecretRequest) throws(Problem) -> [UInt8] {
        guard let bytes = asked.bytes else { throw .invalid("The content needs a member value or rawValue.") }
        return bytes
    }

    /// A function whose secret were gone could not be started again.
    private func checkUnused(_ name: String) throws(Problem) {
        guard let user = registry.stack.first(where: { $0.secrets.contains(name) }) else { return }
        throw .conflict("The function \(user.name) declares this secret.")
    }
}
