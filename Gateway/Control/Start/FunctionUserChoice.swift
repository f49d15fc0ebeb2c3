import GatewayWorkers
import Glibc
import Platform

/// Whom functions run as: decided once, at the start.
enum FunctionUserChoice {
    /// The gateway's own user, and why where it is root.
    case own(why: String?)
    /// A user without rights.
    case other(FunctionUser)

    /// The path at which functions of any platform may look for their secrets.
    private static let knownPath = "/var/openfaas/secrets"

    /// Throws where somebody was named whom functions cannot run as.
    init(named name: String?) throws(StartFailure) {
        guard geteuid() == 0 else {
            guard name == nil else {
                throw .configuration("FUNCTION_USER can be set only where the gateway runs as root.")
            }
            self = .own(why: nil)
            return
        }
        guard name != "root" else {
            self = .own(why: "FUNCTION_USER says so")
            return
        }
        guard let user = name.map(FunctionUser.init(named:)) ?? FunctionUser.usually else {
            guard let name else {
                self = .own(why: "there is no user passerelle or nobody")
                return
            }
            throw .configuration("FUNCTION_USER must be an existing user, not \"\(name)\".")
        }
        guard let obstacle = Self.obstacle(for: user) else {
            self = .other(user)
            return
        }
        guard name == nil else {
            throw .configuration("Functions cannot run as the user \(user.name): \(obstacle).")
        }
        self = .own(why: obstacle)
    }

    /// The path that all platforms know, where each of that user's processes can be shown a folder of its own in its
    /// place; an empty one is made where there is none.
    static func placeOfSecrets(for user: FunctionUser) -> String? {
        guard FileSystem.makeFolder(knownPath), let view = try? FileView(showing: "/", at: knownPath),
            obstacle(for: user, in: view) == nil
        else { return nil }
        return knownPath
    }

    /// Tries it with the gateway's own program, which needs the same libraries; `nil` where that works.
    private static func obstacle(for user: FunctionUser, in view: FileView? = nil) -> String? {
        let program = FileSystem.ownProgram
        var trial = Launch(path: program, arguments: [program, "--version"], environment: [], directory: "/")
        trial.confinement = Confinement(user: user.id, group: user.id, ownSecrets: "/", view: view?.number)
        do {
            let status = try trial.runToItsEnd()
            return status == 0 ? nil : "a program that was tried ended with status \(status)"
        } catch {
            return "\(error)"
        }
    }
}
