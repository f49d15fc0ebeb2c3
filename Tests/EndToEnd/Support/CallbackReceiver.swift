import Foundation
import Glibc
import JSON

/// A server that takes callbacks, and ends with the test.
final class CallbackReceiver {
    private let process = Process()
    private let folder: URL

    /// Answers the first posts with `statuses`, later ones with 200.
    init(port: UInt16, statuses: [Int] = []) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "callbacks-\(UUID().uuidString)")
        try Data().write(to: folder)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments =
            [Environment.root + "/Tests/EndToEnd/Scripts/callbacks.py", String(port)] + statuses.map(String.init)
        process.standardOutput = try FileHandle(forWritingTo: folder)
        try process.run()
        guard Patience.until({ !lines.isEmpty }) else { throw NotReady() }
    }

    struct NotReady: Error {}

    /// What came so far.
    var posts: [JSONValue] { Array(lines.dropFirst()) }

    private var lines: [JSONValue] {
        let text = (try? String(contentsOf: folder, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
    }

    func stop() {
        // It inherits this thread's mask, which may hold back a gentler signal.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
