import Foundation
import JSON

/// Moto's S3 server with authentication on; it ends with the test.
final class ObjectServer {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    let endpoint: String
    /// The secret `backup-store` of a user who may do everything with the bucket, and of one who may do nothing.
    let keeper: String
    let stranger: String

    static let isThere = {
        guard let python else { return false }
        return (try? Program(python, ["-c", "import boto3, moto.server"], environment: [:]).status) == 0
    }()

    init() throws {
        process.executableURL = URL(fileURLWithPath: Self.python ?? "/usr/bin/python3")
        process.arguments = [
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../Scripts/object_store.py"
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = try JSONValue(parsing: Self.line(from: output))
        guard let endpoint = said["endpoint"]?.string, let keeper = said["keeper"]?.string,
            let stranger = said["stranger"]?.string
        else { throw TestFailure("moto said something else") }
        (self.endpoint, self.keeper, self.stranger) = (endpoint, keeper, stranger)
    }

    /// The sizes of the parts of each upload that is neither complete nor aborted.
    func openUploads() throws -> [[Int64]] {
        try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        let uploads = try JSONValue(parsing: Self.line(from: output)).array ?? []
        return uploads.map { ($0.array ?? []).compactMap(\.integer) }
    }

    private static func line(from output: Pipe) throws -> [UInt8] {
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw TestFailure("moto ended") }
            line += more
        }
        return Array(line)
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
