import Foundation
import TestMongo

/// A Python with pymongo[encryption]: `$PYTHON`, or `.tools/venv/bin/python` under the package, or python3.
enum PythonReader {
    static let isThere = (try? run("import pymongo, pymongocrypt", input: "")) != nil

    static func run(_ script: String, input: String) throws -> String {
        let process = Process()
        let standardInput = Pipe()
        let standardOutput = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-c", script]
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let output = standardOutput.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestFailure("python failed") }
        return String(decoding: output, as: UTF8.self)
    }

    static var path: String {
        let ours = MongoBinary.packageRoot + "/.tools/venv/bin/python"
        let candidates = [ProcessInfo.processInfo.environment["PYTHON"], ours].compactMap(\.self)
        return candidates.first(where: FileManager.default.isExecutableFile(atPath:)) ?? "/usr/bin/python3"
    }
}
