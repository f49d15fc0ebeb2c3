import Glibc
import Platform

extension StartFailure {
    /// Why a port cannot be listened on.
    static func refusal(_ error: SystemError, host: String, port: UInt16) -> StartFailure {
        let place = "port \(port) of \(host)"
        return switch error.number {
        case EADDRINUSE: .temporary("The gateway cannot listen: \(place) is taken by another program.")
        case EACCES, EPERM: .configuration("The gateway cannot listen: it may not use \(place).")
        case EADDRNOTAVAIL: .configuration("The gateway cannot listen: this machine has no address \(host).")
        case EINVAL: .configuration("BIND must be an IP address, not \"\(host)\".")
        default: .temporary("The gateway cannot listen on \(place) (\(error)).")
        }
    }

    /// Does something that the system may refuse, which then is the failure.
    static func onSystemError<Result: ~Copyable>(
        _ body: () throws(SystemError) -> Result
    ) throws(StartFailure) -> Result {
        do {
            return try body()
        } catch {
            throw .temporary("The gateway cannot start (\(error)).")
        }
    }
}
