import Foundation

/// A program that is run to its end.
struct Command {
    let status: Int32
    let output: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines) }

    /// Runs `words` over `input`, standard error going where the output goes if it is asked for.
    init(_ words: [String], input: [UInt8] = [], withErrors: Bool = false, in folder: String? = nil) throws {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = withErrors ? stdout : FileHandle.nullDevice
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input))
        try stdin.fileHandleForWriting.close()
        output = Array(try stdout.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
