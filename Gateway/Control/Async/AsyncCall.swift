import GatewayHTTP
import JSON
import Primitives

/// A request that is to be made later, as the queue stores it: never with what proves who calls.
struct AsyncCall {
    /// Fields that are not stored, whether they pass otherwise or not.
    private static let unstored: Set = ["authorization", "cookie", "x-callback-url", "passerelle-internal-key"]

    let id: String
    private let function: String
    private let request: Request
    private let rest: Int
    private let caller: Caller

    /// `rest` is where in the path what follows the function's name begins.
    init(id: String, function: String, _ request: Request, rest: Int, caller: Caller) {
        self.id = id
        self.function = function
        self.request = request
        self.rest = rest
        self.caller = caller
    }

    /// What is asked of the queue.
    var json: JSONValue {
        let head = request.head
        var members: [(String, JSONValue)] = [
            ("callId", .string(id)), ("function", .string(function)), ("method", .string(head.method)),
            ("path", .string(path)), ("clientAddress", .string(caller.address)), ("headers", .array(fields)),
            ("body", .string(Base64.standard.encode(request.body))),
        ]
        if let address = head.header("x-callback-url") { members.append(("callbackUrl", .string(address))) }
        if let query = head.query { members.append(("query", .string(query))) }
        return .object(JSONObject(members))
    }

    private var path: String {
        let path = request.head.withPath { rest < $0.count ? $0.text(rest..<$0.count) : "/" }
        return path.isEmpty ? "/" : path
    }

    private var fields: [JSONValue] {
        let dropped = request.head.nominatedFields
        let passed = request.head.headers.filter { field in
            FieldFilter.passesIn(Array(field.name.utf8).span) && !Self.unstored.contains(field.name)
                && !dropped.contains(field.name)
        }
        let own = [
            HTTPField("x-forwarded-for", caller.path), HTTPField("x-forwarded-host", caller.host),
            HTTPField("x-forwarded-proto", caller.scheme),
        ]
        return (passed + own).map { ["name": .string($0.name), "value": .string($0.value)] }
    }
}
