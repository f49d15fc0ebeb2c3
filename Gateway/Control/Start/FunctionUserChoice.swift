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

    /// The folder of secrets where it is the one that all platforms know and another can be shown in its place.
    static func hidden(_ folder: String, from user: FunctionUser) -> String? {
        guard folder == knownPath, FileSystem.isFolder(folder) else { return nil }
        return obstacle(for: user, inPlaceOf: folder) == nil ? folder : nil
    }

    /// Tries it with the gateway's own program, which needs the same libraries; `nil` where that works.
    private static func obstacle(for user: FunctionUser, inPlaceOf folder: String? = nil) -> String? {
        let program = FileSystem.ownProgram
        var trial = Launch(path: program, arguments: [program, "--version"], environment: [], directory: "/")
        trial.confinement = Confinement(user: user.id, group: user.id, ownSecrets: "/", inPlaceOf: folder)
        do {
            let status = try trial.runToItsEnd()
            return status == 0 ? nil : "a program that was tried ended with status \(status)"
        } catch {
            return "\(error)"
        }
    }
}
