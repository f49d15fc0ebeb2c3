import AccountsDomain
import AccountsStore
import Installation
import JSON
import Platform
import Primitives
import QRImage
import Runtime
import Tokens

/// Hands out an admin's credentials from the machine itself, where whoever may read the secrets may do anything anyway.
struct AdminDesk {
    private let accounts: Accounts
    private let installation: Installation
    private let context: Context

    /// Opens the installation's store with the secrets in the data directory.
    init(_ settings: Settings) throws(Failure) {
        var variables = settings.gatewayEnvironment.merging(["secret_mount_path": settings.secrets]) { _, own in own }
        if (variables["PUBLIC_URL"] ?? "").isEmpty { variables["PUBLIC_URL"] = "http://\(settings.address)" }
        do {
            installation = try Installation(environment: FunctionEnvironment(variables: variables), function: "set-up")
            accounts = try Accounts(installation)
        } catch {
            throw Failure(sentence: error.sentence, status: error.exitStatus)
        }
        context = Context(
            callID: "set-up", clientAddress: "", clock: SystemClock(), random: SystemRandom(),
            log: Log(callID: "set-up"))
    }

    /// What a fresh installation says of its first admin: a link and its QR code; `nil` once there is an admin.
    func firstAdmin() throws(Failure) -> String? {
        try translating {
            guard try !accounts.hasAdmin(), let login = Login(parsing: "admin") else { return nil }
            let handout = try accounts.handOutAdmin(login, context)
            let link = url(of: handout)
            return """
                The first admin, "\(login)", claims the credentials once at this link, until \(handout.expiresAt):

                  \(link)

                \(try QRCode.terminal(link))
                """
        }
    }

    /// The hand-out of an admin as one line of JSON.
    func handOut(_ login: Login) throws(Failure) -> String {
        try translating {
            let handout = try accounts.handOutAdmin(login, context)
            let document: JSONValue = [
                "login": .string(login.text), "token": .string(handout.token.text), "url": .string(url(of: handout)),
                "expiresAt": .string(handout.expiresAt.description),
            ]
            return String(decoding: document.text, as: UTF8.self)
        }
    }

    private func url(of handout: IssuedHandout) -> String {
        installation.publicURL + "/claim#" + handout.token.text
    }

    private func translating<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
        do {
            return try body()
        } catch {
            throw .unavailable("The admin's hand-out could not be made (\(error)).")
        }
    }
}
