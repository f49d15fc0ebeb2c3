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

    private static func read(_ pid: Int32, _ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "/proc/\(pid)/\(file)") ?? Data(), as: UTF8.self)
    }
}
