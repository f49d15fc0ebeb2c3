import HTTPClient
import Installation
import JSON
import Runtime
import Secrets
import Wire

/// Sends the answer of an asynchronous call to the address that its caller named; called by the gateway, which tries
/// again what fails here.
@main
struct DeliverCallbacks: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.deliver($1, $2) }
    ]

    private let hosts: CallbackHosts
    private let unfit: [String]
    private let secrets: SecretDirectory
    private let client: HTTPClient

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let listed = environment.setting(CallbackHosts.variable) ?? ""
        hosts = CallbackHosts(listed)
        unfit = CallbackHosts.unfit(in: listed)
        secrets = SecretDirectory(path: environment.secretsPath)
        do {
            client = try HTTPClient()
        } catch {
            throw .temporary("deliver-callbacks cannot start: \(error)")
        }
    }

    /// Each entry that no address can fit.
    func checkSettings() throws(SetUpFailure) {
        guard let first = unfit.first else { return }
        throw .configuration(
            "\(CallbackHosts.variable) must be a list of hosts such as hooks.example.org:8443, "
                + "which \"\(first)\" is not.")
    }

    /// 204 once the receiver has answered with a status from 200 to 299; 502 where it has not.
    private func deliver(_ request: Request, _ context: Context) throws -> Answer {
        try Installation.requireInternal(request, context, secrets)
        let callback = try callback(request, context)
        let status: Int
        do {
            status = try client.send(callback).status
        } catch {
            context.log.write(.warning, "callback.not-sent", JSONObject([("cause", .string("\(error)"))]))
            throw FunctionFailure.notDelivered
        }
        guard (200...299).contains(status) else {
            context.log.write(.warning, "callback.refused", JSONObject([("status", .integer(Int64(status)))]))
            throw FunctionFailure.notDelivered
        }
        return .noContent
    }

    /// The request to send; its host is checked again, since the setting may have changed since the call was taken in.
    private func callback(_ request: Request, _ context: Context) throws(FunctionFailure) -> HTTPRequest {
        let invocation = request.invocation
        guard let address = invocation.header(CallbackField.address), let permission = hosts.permission(for: address)
        else { throw .invalidRequest(detail: "The callback's address is missing or none.") }
        guard permission != .none else { throw .callbackNotAllowed }
        let fields = invocation.headers.filter { $0.name.hasPrefix(CallbackField.prefix) }.map {
            HTTPField(String($0.name.dropFirst(CallbackField.prefix.count)), $0.value)
        }
        var callback = HTTPRequest("POST", address, headers: fields, body: .bytes(invocation.body))
        callback.isPublicOnly = permission == .publicly
        callback.timeout = min(30_000, context.millisecondsLeft.map { max(1, $0 - 500) } ?? 30_000)
        callback.answerLimit = 64 << 10
        return callback
    }
}

extension FunctionFailure {
    /// 403: it is tried no more.
    fileprivate static let callbackNotAllowed = FunctionFailure(
        403, "callback-not-allowed", title: "Callback not allowed", detail: "Nothing is sent to this host.")

    /// 502: it is tried again.
    fileprivate static let notDelivered = FunctionFailure(
        502, "not-delivered", title: "Not delivered", detail: "The receiver did not take the answer.")
}
