import Foundation
import Testing

/// A program that was started, with what it says.
final class Run {
    private let process = Process()
    private let log: String
    private let input = Pipe()

    init(_ words: [String], environment: [String: String], in folder: String) throws {
        log = folder + "/output-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: log))
        let output = try #require(FileHandle(forWritingAtPath: log))
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    deinit {
        if process.isRunning { kill(pid, SIGKILL) }
    }

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var said: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    func type(_ text: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    /// Waits until it has said `text`; fails once it has ended without.
    func wait(for text: String, _ location: SourceLocation = #_sourceLocation) throws {
        let came = Patience.until { said.contains(text) || !isRunning }
        try #require(came && said.contains(text), "it said: \(said)", sourceLocation: location)
    }

    /// Waits until it serves.
    func waitUntilReady(_ location: SourceLocation = #_sourceLocation) throws {
        try wait(for: "is ready at", location)
    }

    /// Waits until it ends; gives its status, or minus the signal that killed it.
    func end(_ location: SourceLocation = #_sourceLocation) throws -> Int32 {
        try #require(Patience.until { !isRunning }, "it goes on: \(said)", sourceLocation: location)
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
