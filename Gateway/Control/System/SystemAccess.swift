import GatewayHTTP
import JSON
import Platform
import Primitives
import Wire

/// Tells administrators from others: by the secrets of basic authentication, or by what the accounts say of a token.
final class SystemAccess {
    /// Seconds for which a login may change secrets.
    private static let freshness: Int64 = 900

    /// Whose request it is.
    enum Verdict: Equatable {
        /// An administrator's; `isFresh` where the login is new enough for secrets.
        case granted(isFresh: Bool)
        case refused(Problem)
    }

    private let secrets: SecretFolder
    private let registry: FunctionRegistry
    private let caller: InternalCaller

    init(secrets: SecretFolder, registry: FunctionRegistry, caller: InternalCaller) {
        self.secrets = secrets
        self.registry = registry
        self.caller = caller
    }

    /// What can be said at once; `nil` where the accounts have to be asked.
    func verdict(_ head: RequestHead) -> Verdict? {
        let fields = head.values(of: "authorization")
        guard fields.count == 1, let field = fields.first else { return .refused(.unauthorized) }
        if Self.token(field) != nil { return nil }
        let kept = BasicCredentials(
            user: secrets.read("basic-auth-user"), password: secrets.read("basic-auth-password"))
        guard let kept, let given = BasicCredentials(field: field), kept.matches(given) else {
            return .refused(.unauthorized)
        }
        return .granted(isFresh: true)
    }

    /// Asks the accounts where that is needed.
    func decide(_ head: RequestHead, client: String, _ done: @escaping (Verdict) -> Void) {
        if let verdict = verdict(head) { return done(verdict) }
        guard let field = head.header("authorization"), let token = Self.token(field),
            let accounts = registry.entries["manage-account"]
        else { return done(.refused(.unauthorized)) }
        caller.ask(accounts, "/", for: client, [HTTPField("authorization", field)]) { reply in
            done(Self.verdict(reply, isFresh: Self.isFresh(token)))
        }
    }

    private static func verdict(_ reply: Reply?, isFresh: Bool) -> Verdict {
        guard let reply, reply.status < 500, reply.status != 429 else {
            return .refused(.away("It cannot be told at the moment who calls; try again later."))
        }
        guard reply.status == 200, case .object(let account)? = try? JSONValue(parsing: reply.body) else {
            return .refused(.unauthorized)
        }
        guard case .array(let roles)? = account["roles"], roles.contains("admin") else {
            return .refused(.forbidden("This address is for the gateway's administrators."))
        }
        return .granted(isFresh: isFresh)
    }

    private static func token(_ field: String) -> Substring? {
        let parts = field.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? parts[1] : nil
    }

    /// Whether the login that a token tells of is new; the token itself is for the accounts to check.
    private static func isFresh(_ token: Substring) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.url.decode(parts[1]),
            case .object(let claims)? = try? JSONValue(parsing: bytes), case .integer(let time)? = claims["auth_time"]
        else { return false }
        return SystemClock().now.seconds - time <= freshness
    }
}
