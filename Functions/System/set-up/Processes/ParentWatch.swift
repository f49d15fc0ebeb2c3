import Glibc
import Platform

/// Notices that make, which started us, was interrupted alone: it then waits for us without telling us.
/// GNU make catches SIGINT until one has come, and /proc shows what a process catches.
final class ParentWatch {
    private var status: PrivateFile?

    init() {
        let folder = "/proc/\(getppid())"
        let name = (try? PrivateFile(path: folder + "/comm").read(limit: 64)) ?? nil
        let isMake = name.map { ["make\n", "gmake\n"].contains(String(decoding: $0, as: UTF8.self)) } ?? false
        let status = PrivateFile(path: folder + "/status")
        if isMake, Self.catchesInterrupts(status) { self.status = status }
    }

    /// Whether make has been asked to end since this was last called.
    func wasInterrupted() -> Bool {
        guard let status, !Self.catchesInterrupts(status) else { return false }
        self.status = nil
        return true
    }

    private static func catchesInterrupts(_ status: PrivateFile) -> Bool {
        guard let bytes = try? status.read(limit: 16_384) else { return false }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("SigCgt:") {
            return (line.last?.hexDigitValue ?? 0) & 1 << (Int(SIGINT) - 1) != 0
        }
        return false
    }
}
