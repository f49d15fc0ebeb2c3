import Foundation

/// Debian's `argon2` command: the reference implementation, the other side in these tests.
enum Argon2Command {
    static func encode(_ password: String, salt: String, memory: Int, passes: Int, lanes: Int) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/argon2")
        process.arguments =
            [salt, "-id", "-e", "-l", "32", "-k", String(memory), "-t", String(passes), "-p", String(lanes)]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(password.utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.trimmingCharacters(in: .newlines)
    }
}
