import Foundation
import JSON

/// Moto's S3 server with authentication on; it ends with the test.
final class ObjectServer {
    private let process = Process()
    private let input = Pipe()
    let endpoint: String
    /// The secret `backup-store` of a user who may do everything with the bucket, and of one who may do nothing.
    let keeper: String
    let stranger: String

    static let isThere = {
        guard let python else { return false }
        return (try? Program(python, ["-c", "import boto3, moto.server"], environment: [:]).status) == 0
    }()

    init() throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.python ?? "/usr/bin/python3")
        process.arguments = [
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../Scripts/object_store.py"
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw TestFailure("moto ended") }
            line += more
        }
        let said = try JSONValue(parsing: Array(line))
        guard let endpoint = said["endpoint"]?.string, let keeper = said["keeper"]?.string,
            let stranger = said["stranger"]?.string
        else { throw TestFailure("moto said something else") }
        (self.endpoint, self.keeper, self.stranger) = (endpoint, keeper, stranger)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }

    private static let python: String? = {
        let ours = Folder.packageRoot + "/.tools/venv/bin/python"
        let candidates = [ProcessInfo.processInfo.environment["PYTHON"], ours].compactMap(\.self)
        return candidates.first(where: FileManager.default.isExecutableFile(atPath:))
    }()
}
