import Cryptography
public import Runtime
public import Secrets
import Wire

extension Installation {
    /// The request field that carries the secret `internal-key` where no gateway of ours marks the call.
    static let internalKeyField = "passerelle-internal-key"

    /// Throws the 404 of a function that does not exist unless the gateway itself calls, or the caller shows the
    /// installation's `internal-key`.
    public func requireInternal(_ request: Request, _ context: Context) throws(FunctionFailure) {
        try Self.requireInternal(request, context, secrets)
    }

    /// The same for a function that does not store.
    public static func requireInternal(
        _ request: Request, _ context: Context, _ secrets: SecretDirectory
    ) throws(FunctionFailure) {
        if context.isInternal { return }
        let key = try? secrets.readTextIfPresent("internal-key")
        guard let shown = request.invocation.header(internalKeyField), let key, !key.isEmpty,
            constantTimeEqual(key, Array(shown.utf8))
        else { throw .notFound }
    }
}
