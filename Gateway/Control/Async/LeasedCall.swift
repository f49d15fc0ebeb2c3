import GatewayHTTP
import JSON
import Primitives
import Wire

/// A stored call that this gateway has to itself for a while.
struct LeasedCall {
    let id: String
    let function: String
    /// What it is settled by.
    let lease: String
    /// Whether it is not tried again where it fails now.
    let isLast: Bool
    /// Where the answer goes; `nil` for nowhere.
    let callbackAddress: String?
    /// The invocation.
    let frame: [UInt8]

    /// The calls that the queue handed out; what cannot be read is left for its lease to lapse.
    static func all(in reply: Reply) -> [LeasedCall] {
        guard reply.status == 200, case .object(let object)? = try? JSONValue(parsing: reply.body),
            case .array(let calls)? = object["calls"]
        else { return [] }
        return calls.compactMap(LeasedCall.init)
    }

    private init?(_ json: JSONValue) {
        guard case .object(let call) = json, let id = call.text("callId"), CallIDs.isFit(id),
            let function = call.text("function"), let lease = call.text("lease"), let method = call.text("method"),
            let path = call.text("path"), let body = call.text("body").flatMap({ Base64.standard.decode($0) })
        else { return nil }
        self.id = id
        self.function = function
        self.lease = lease
        isLast = call["isLast"] == .bool(true)
        callbackAddress = call.text("callbackUrl")
        frame = InternalCaller.frame(
            id, method, path, query: call.text("query"), Self.fields(call["headers"]), body: body,
            client: call.text("clientAddress") ?? "", isInternal: function == Callback.function)
    }

    private static func fields(_ json: JSONValue?) -> [HTTPField] {
        guard case .array(let fields)? = json else { return [] }
        return fields.compactMap { field in
            guard case .object(let field) = field, let name = field.text("name"), let value = field.text("value") else {
                return nil
            }
            return HTTPField(name, value)
        }
    }
}

extension JSONObject {
    /// The member of that name where it is a text.
    fileprivate func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }
}
