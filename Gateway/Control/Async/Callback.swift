import GatewayHTTP
import JSON
import Primitives
import Wire

/// The answer of a call that was made later, on its way to the address that its caller named: itself a call of
/// `deliver-callbacks`, stored before the first one is settled, so that it is as durable and tried as often.
struct Callback {
    /// The function that sends it.
    static let function = "deliver-callbacks"

    private let id: String
    private let called: String
    private let address: String
    private let reply: Reply
    private let seconds: String

    /// `microseconds` is how long the function took; `nil` where the call names no address.
    init?(_ call: LeasedCall, _ reply: Reply, microseconds: Int) {
        guard let address = call.callbackAddress else { return nil }
        self.address = address
        self.reply = reply
        called = call.function
        id = call.id
        var seconds: [UInt8] = []
        seconds.append(decimal: microseconds / 1_000_000)
        seconds.append(UInt8(ascii: "."))
        seconds.append(decimal: microseconds % 1_000_000, width: 6)
        self.seconds = String(decoding: seconds, as: UTF8.self)
    }

    /// Whether it can be stored.
    var fits: Bool { reply.body.count <= AsyncCalls.bodyLimit }

    /// What is asked of the queue; the same again is the same call.
    var json: JSONValue {
        .object(
            JSONObject([
                ("callId", .string(id + ".callback")), ("function", .string(Self.function)), ("method", "POST"),
                ("path", "/"), ("headers", .array(fields)), ("body", .string(Base64.standard.encode(reply.body))),
            ]))
    }

    /// The function's fields, and those by which OpenFaaS tells what they belong to.
    private var fields: [JSONValue] {
        let own = [
            ("x-call-id", id), ("x-function-name", called), ("x-function-status", String(reply.status)),
            ("x-duration-seconds", seconds),
        ]
        let names = Set(own.map(\.0))
        let passed = reply.headers.filter {
            FieldFilter.passesOut($0.name) && !names.contains($0.name) && $0.name != "set-cookie"
                && CallbackField.prefix.utf8.count + $0.name.utf8.count <= 128
        }.map { ($0.name, $0.value) }
        return [["name": .string(CallbackField.address), "value": .string(address)]]
            + (passed + own).map { ["name": .string(CallbackField.prefix + $0.0), "value": .string($0.1)] }
    }
}
