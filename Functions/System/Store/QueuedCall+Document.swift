import BSON
import Primitives

extension QueuedCall {
    /// Reads a stored call; `nil` where a member is missing or of another type.
    init?(_ document: Document) {
        guard let id = document["_id"]?.string, let function = document["function"]?.string,
            let method = document["method"]?.string, let path = document["path"]?.string,
            let status = document["status"]?.string.flatMap(Status.init(rawValue:)),
            let acceptedAt = document["acceptedAt"]?.date, let attempts = document["attempts"]?.integer,
            let maxAttempts = document["maxAttempts"]?.integer
        else { return nil }
        self.init(
            id: id, function: function, method: method, path: path, query: document["query"]?.string,
            headers: (document["headers"]?.array ?? []).compactMap { $0.document.flatMap(Field.init) },
            body: document["body"]?.binary ?? [], callbackURL: document["callbackUrl"]?.string,
            clientAddress: document["clientAddress"]?.string ?? "", maxAttempts: maxAttempts, acceptedAt: acceptedAt)
        self.status = status
        self.attempts = attempts
        left = document["left"]?.integer ?? 0
        lastStatus = document["lastStatus"]?.integer
        endedAt = document["endedAt"]?.date
        lease = document["lease"]?.id
    }

    /// The call as it is stored first: due at once.
    var document: Document {
        var document: Document = [
            "_id": .string(id), "function": .string(function), "method": .string(method), "path": .string(path),
            "headers": .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "body": .bytes(body), "clientAddress": .string(clientAddress), "maxAttempts": .int64(maxAttempts),
            "attempts": .int64(0), "left": .int64(maxAttempts), "status": .string(Status.waiting.rawValue),
            "acceptedAt": .date(acceptedAt), "nextAt": .date(acceptedAt),
        ]
        document["query"] = query.map(BSONValue.string)
        document["callbackUrl"] = callbackURL.map(BSONValue.string)
        return document
    }
}

extension QueuedCall.Field {
    init?(_ document: Document) {
        guard let name = document["name"]?.string, let value = document["value"]?.string else { return nil }
        self.init(name, value)
    }
}
