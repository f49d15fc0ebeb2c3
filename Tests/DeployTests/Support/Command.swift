import Foundation

/// A program that was run to its end.
struct Command {
    let status: Int32
    let output: String

    /// Runs it with `arguments`; what it says on both streams is `output`. `environment` comes on top of ours.
    @discardableResult
    init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        in folder: String = Repository.root
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
