import Foundation

/// The built `echo` executable, run as a watchdog runs it.
final class EchoProcess {
    private let process = Process()
    private let input = Foundation.Pipe()
    private let output = Foundation.Pipe()
    private let errors = Foundation.Pipe()

    struct Ending {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    init(_ variables: [String: String] = [:]) throws {
        process.executableURL = try Self.program()
        process.environment = variables
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// The process's environment as the kernel shows it to whoever may look.
    var visibleEnvironment: String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(process.processIdentifier)/environ") ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    func write(_ bytes: [UInt8]) {
        try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
    }

    /// What it has answered so far, at least `count` bytes unless it ends before.
    func read(atLeast count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard let more = try output.fileHandleForReading.read(upToCount: count - bytes.count), !more.isEmpty else {
                break
            }
            bytes += more
        }
        return bytes
    }

    /// Closes its input and waits for its end.
    func finish() throws -> Ending {
        try? input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus, output: Array(answer), errors: String(decoding: said, as: UTF8.self))
    }

    /// Runs it once, over `body`.
    static func run(_ variables: [String: String] = [:], body: [UInt8] = []) throws -> Ending {
        let process = try EchoProcess(variables)
        process.write(body)
        return try process.finish()
    }

    private static func program() throws -> URL {
        let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let candidates = [tests.deletingLastPathComponent().appending(path: "echo")] + bundled
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw NotBuilt()
        }
        return found
    }

    private static var bundled: [URL] {
        CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent().appending(path: "echo") }
    }
}

struct NotBuilt: Error, CustomStringConvertible {
    var description: String { "The executable echo is not beside the tests: build the package first." }
}
