import Foundation
import Testing

/// A `passerelle` process with a stack file of faulty functions, on a free port.
final class RunningGateway {
    let folder: URL
    let process = Process()
    let address: String
    private let logFile: URL

    static var products: String {
        return
            (CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path } + [".build/debug"])
            .first {
                FileManager.default.isExecutableFile(atPath: $0 + "/passerelle")
            } ?? "."
    }

    /// `limits` are words of ulimit that hold for the gateway, such as `-n 40`; `log` is a file that stands already.
    convenience init(
        stack: String, environment: [String: String] = [:], limits: String? = nil, log: String? = nil
    ) throws {
        try self.init(stack: stack, environment: environment, arguments: [], limits: limits, log: log)
    }

    /// A watchdog of the faulty function, which finds its lock file in the folder.
    convenience init(watching environment: [String: String]) throws {
        let usual = ["port": "0", "metrics_port": "0", "BIND": "127.0.0.1", "healthcheck_interval": "50ms"]
        try self.init(
            stack: "", environment: usual.merging(environment) { _, own in own },
            arguments: ["--function", "faulty-function"])
    }

    private init(
        stack: String, environment: [String: String], arguments: [String], limits: String? = nil,
        log given: String? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gateway-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(stack.utf8).write(to: folder.appending(path: "stack.yml"))
        let log = given.map { URL(fileURLWithPath: $0) } ?? folder.appending(path: "log")
        if given == nil { try Data().write(to: log) }
        logFile = log
        process.executableURL = URL(fileURLWithPath: Self.products + "/passerelle")
        process.environment = environment.merging([
            "PORT": "0", "TMPDIR": folder.path, "STACK": folder.appending(path: "stack.yml").path,
            "FUNCTIONS": Self.products,
        ]) { own, _ in own }
        process.arguments = arguments
        if let limits {
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["-c", "ulimit \(limits) && exec \(Self.products)/passerelle"]
        }
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        do {
            address = try Self.address(in: log, of: process)
        } catch {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// The lines of the log so far, as JSON objects.
    var log: [[String: Any]] {
        let text = (try? String(contentsOf: logFile, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
        }
    }

    var rawLog: String {
        (try? String(contentsOf: logFile, encoding: .utf8)) ?? ""
    }

    private static func address(in log: URL, of process: Process) throws -> String {
        for _ in 0..<18_000 {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let match = text.firstMatch(of: /"address":"(http:[^"]*)"/) { return String(match.1) }
            if !process.isRunning { throw StartError(text: text) }
            usleep(10_000)
        }
        throw StartError(text: "it never listened")
    }

    struct StartError: Error { let text: String }

    /// Asks and takes the answer, by curl.
    func ask(_ path: String, _ arguments: String..., body: String? = nil) throws -> Answer {
        try ask(path, arguments: arguments, body: body)
    }

    func ask(_ path: String, arguments: [String], body: String? = nil) throws -> Answer {
        try ask(at: address + path, arguments, body: body)
    }

    /// Asks at a whole address.
    func ask(at url: String, _ arguments: [String] = [], body: String? = nil) throws -> Answer {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        let content = body.map { ["--data-binary", $0] } ?? []
        curl.arguments = ["-s", "-i", "--max-time", "20", "--path-as-is"] + content + arguments + [url]
        let output = Pipe()
        curl.standardOutput = output
        try curl.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        curl.waitUntilExit()
        return Answer(String(decoding: data, as: UTF8.self))
    }

    /// The ids of its processes.
    var children: [Int32] {
        let pid = process.processIdentifier
        let text = (try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { Int32($0) }
    }

    /// Sends a signal, waits for the end and gives the exit status.
    func end(_ signal: Int32) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus
    }

    func close() {
        if process.isRunning { _ = end(SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }
}

/// An answer as it came over the wire.
struct Answer {
    let status: Int
    let fields: [String: String]
    let body: String

    init(_ text: String) {
        let parts = text.components(separatedBy: "\r\n\r\n")
        let lines = (parts.first ?? "").components(separatedBy: "\r\n")
        status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if pair.count == 2 { fields[pair[0].lowercased()] = pair[1] }
        }
        self.fields = fields
        body = parts.dropFirst().joined(separator: "\r\n\r\n")
    }

    var problem: String? {
        let json = (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any]
        return (json?["type"] as? String)?.replacingOccurrences(of: "urn:passerelle:problem:", with: "")
    }
}

/// True while a process of that id runs (a zombie does not).
func isAlive(_ pid: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return !(text.split(separator: ")").last ?? "").hasPrefix(" Z")
}

/// Waits until the condition holds: so many times 20 ms, ten seconds unless told, and longer where it takes its time.
func eventually(tries: Int = 3000, _ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<tries {
        if try condition() { return true }
        usleep(20_000)
    }
    return false
}
