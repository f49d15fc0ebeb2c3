import Glibc

/// The process's own environment variables.
enum ProcessEnvironment {
    /// All variables; of those that stand twice the first counts, as for getenv(3).
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, variables[String(parts[0])] == nil { variables[String(parts[0])] = String(parts[1]) }
            unsafe next = unsafe next.successor()
        }
        return variables
    }

    /// Overwrites a variable's value where it stands, so that /proc/PID/environ no longer shows it, and drops it.
    static func wipe(_ name: String) {
        if let value = unsafe getenv(name) { unsafe explicit_bzero(value, strlen(value)) }
        unsafe unsetenv(name)
    }
}
