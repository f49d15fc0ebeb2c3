import CLinux
import Glibc

/// Finds and kills the processes that became the gateway's children when the worker that began them ended.
final class Adoption {
    /// Children that were there before, from a program that this one replaced.
    private var earlier: Set<pid_t> = []
    private var killed: Set<pid_t> = []
    /// Those that the last look found and that may have been just born.
    private var doubtful: Set<pid_t> = []

    init() {
        clinux_adopt_orphans()
        earlier = Set(Self.ownChildren())
    }

    /// Kills every child that is not in `known`; those found now, and the milliseconds after which to look again, where
    /// some are still to be reaped. Where some may have been born that are not known yet, it kills those alone that the
    /// look before this one found, too.
    @discardableResult
    func killStrays(
        besides known: [pid_t: ChildProcess], someAreUnborn: Bool = false
    ) -> (found: [pid_t], nextLook: Int?) {
        var found: [pid_t] = []
        var areLeft = false
        let doubtfulBefore = doubtful
        doubtful = []
        for pid in Self.ownChildren() where known[pid] == nil && !earlier.contains(pid) {
            guard !someAreUnborn || doubtfulBefore.contains(pid) || killed.contains(pid) else {
                doubtful.insert(pid)
                continue
            }
            if killed.insert(pid).inserted { found.append(pid) }
            kill(pid, SIGKILL)
            if waitpid(pid, nil, WNOHANG) == pid { killed.remove(pid) }
            areLeft = true
        }
        return (found, areLeft ? 50 : doubtful.isEmpty ? nil : 200)
    }

    private static func ownChildren() -> [pid_t] {
        guard let folder = unsafe opendir("/proc") else { return [] }
        defer { unsafe closedir(folder) }
        let own = getpid()
        var children: [pid_t] = []
        while let entry = unsafe readdir(folder) {
            let pid = unsafe withUnsafeBytes(of: entry.pointee.d_name) { unsafe number($0) }
            if let pid, parent(of: pid) == own { children.append(pid) }
        }
        return children
    }

    private static func number(_ name: UnsafeRawBufferPointer) -> pid_t? {
        let digits = unsafe Array(name.prefix { $0 != 0 })
        guard !digits.isEmpty && digits.count < 10 else { return nil }
        var number: pid_t = 0
        for byte in digits {
            guard (48...57).contains(byte) else { return nil }
            number = number * 10 + pid_t(byte - 48)
        }
        return number
    }

    /// The parent's id: the second word after the name in parentheses, which may hold anything.
    private static func parent(of pid: pid_t) -> pid_t? {
        let file = unsafe open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        guard count > 0, let name = bytes[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let words = bytes[(name + 1)..<count].split(separator: UInt8(ascii: " "))
        guard words.count > 1 else { return nil }
        return pid_t(String(decoding: words[1], as: UTF8.self))
    }
}
