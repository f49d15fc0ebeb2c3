import Foundation

/// A program that was run to its end.
struct Program {
    let status: Int32
    let output: String
    let errors: String

    init(_ path: String, _ arguments: [String] = [], environment: [String: String], input: String = "") throws {
        let process = Process()
        let (given, said, complained) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        (process.standardInput, process.standardOutput, process.standardError) = (given, said, complained)
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        output = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        errors = String(decoding: complained.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
