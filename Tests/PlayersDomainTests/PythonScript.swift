import Foundation

/// A script of this folder, run with Python.
enum PythonScript {
    /// Feeds the script `lines` and gives its own lines.
    static func run(_ name: String, _ lines: [String]) throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let input = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID()).txt")
        try Data(lines.joined(separator: "\n").utf8).write(to: input)
        defer { try? FileManager.default.removeItem(at: input) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", folder.appending(path: "Scripts/\(name)").path]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
