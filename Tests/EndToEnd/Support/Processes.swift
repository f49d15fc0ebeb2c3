import Foundation

/// The system's processes, as /proc shows them.
enum Processes {
    static var all: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    /// The last part of the path of what a process runs.
    static func program(_ pid: Int32) -> String {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")) ?? ""
        return String(path.split(separator: "/").last ?? "")
    }

    /// Whether its arguments or its environment contain `text`.
    static func mentions(_ pid: Int32, _ text: String) -> Bool {
        ["cmdline", "environ"].contains { read(pid, $0).contains(text) }
    }

    /// Whether it, or one that it descends from, mentions `text`.
    static func belongs(_ pid: Int32, to text: String) -> Bool {
        var pid = pid
        while pid > 1 {
            if mentions(pid, text) { return true }
            // What follows the name in parentheses: the state, then the parent.
            let words = (read(pid, "stat").split(separator: ")").last ?? "").split(separator: " ")
            pid = words.count > 1 ? Int32(words[1]) ?? 0 : 0
        }
        return false
    }

    private static func read(_ pid: Int32, _ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "/proc/\(pid)/\(file)") ?? Data(), as: UTF8.self)
    }
}
