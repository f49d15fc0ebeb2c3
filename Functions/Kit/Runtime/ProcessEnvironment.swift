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

    /// A variable's value; `nil` where it is not set.
    static func value(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// Sets a variable, for this process and those that it begins.
    static func set(_ name: String, to value: String) {
        unsafe setenv(name, value, 1)
    }

    /// Overwrites a variable's value where it stands, so that /proc/PID/environ no longer shows it, and drops it.
    static func wipe(_ name: String) {
        if let value = unsafe getenv(name) { unsafe explicit_bzero(value, strlen(value)) }
        unsafe unsetenv(name)
    }
}
