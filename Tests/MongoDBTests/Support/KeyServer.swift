import FieldEncryption
import Foundation
import JSON
import TestMongo

/// PyKMIP's server on loopback, with certificates of its own; it ends with the test.
final class KeyServer {
    private let process = Process()
    private let input = Pipe()
    private let folder: String
    /// The service by either of two keys.
    let services: [KeyService]

    static let isThere = (try? PythonReader.run("import kmip, cryptography", input: "")) != nil

    init() throws {
        folder = "/var/tmp/passerelle-kmip-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: PythonReader.path)
        process.arguments = [MongoBinary.packageRoot + "/Tests/MongoDBTests/Scripts/key_server.py", folder]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var said = Data()
        while said.count(where: { $0 == UInt8(ascii: "\n") }) < 2 {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw TestFailure("the key server ended") }
            said += more
        }
        services = try said.split(separator: UInt8(ascii: "\n")).map {
            try KeyService(json: JSONValue(parsing: Array($0)))
        }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
