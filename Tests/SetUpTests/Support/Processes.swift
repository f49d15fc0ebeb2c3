import Foundation

/// The system's processes, as /proc shows them.
enum Processes {
    static var all: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }
    }

    /// Whether its arguments or its environment contain `text`.
    static func mentions(_ pid: Int32, _ text: String) -> Bool {
        ["cmdline", "environ"].contains { read(pid, $0).contains(text) }
    }

    static func name(_ pid: Int32) -> String {
        read(pid, "comm").trimmingCharacters(in: .newlines)
    }

    private static func read(_ pid: Int32, _ file: String) -> String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/\(file)") ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }
}
