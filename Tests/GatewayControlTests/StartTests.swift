import Foundation
import Testing

@Suite struct StartTests {
    /// Runs the program to its end: its exit status and what it said.
    private func run(
        _ arguments: [String], _ environment: [String: String] = [:], stack: String? = nil, input: String = "",
        prepare: (URL) throws -> Void = { _ in }
    ) throws -> (status: Int32, said: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "start-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let stack { try Data(stack.utf8).write(to: folder.appending(path: "stack.yml")) }
        try prepare(folder)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: RunningGateway.products + "/passerelle")
        process.currentDirectoryURL = folder
        process.arguments = arguments
        process.environment = ["PORT": "0", "FUNCTIONS": RunningGateway.products].merging(environment) { _, own in own }
        let output = Pipe()
        process.standardError = output
        process.standardOutput = output
        let content = folder.appending(path: "input")
        try Data(input.utf8).write(to: content)
        process.standardInput = try FileHandle(forReadingFrom: content)
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said.trimmingCharacters(in: .newlines))
    }

    private let good = "functions: {faulty-function: {}}"

    @Test(arguments: [
        ("functions: {", 78, "passerelle: The stack file stack.yml cannot be used: line 2: not valid YAML: "),
        (
            "functions: {a: {secrets: 5}}", 78,
            "passerelle: The stack file stack.yml cannot be used: line 1: functions.a.secrets must be a list of texts."
        ),
        ("functions: {missing: {}}", 78, "passerelle: The program of the function missing is not there: "),
        (
            "functions: {faulty-function: {secrets: [key]}}", 78,
            "passerelle: The secrets' folder ./none cannot be read (No such file or directory); "
                + "the function faulty-function needs it."
        ),
    ])
    func `a stack file that cannot be served is refused in one sentence`(
        _ stack: String, _ status: Int32, _ sentence: String
    ) throws {
        let end = try run([], ["SECRETS": "./none"], stack: stack)
        #expect(end.status == status && end.said.hasPrefix(sentence), "\(end)")
        #expect(!end.said.contains("\n"))
    }

    @Test func `a declared secret that is not there is named`() throws {
        let end = try run([], ["SECRETS": "."], stack: "functions: {faulty-function: {secrets: [key]}}")
        let sentence = "passerelle: The secret key, which the function faulty-function declares, cannot be read in . "
        #expect(end.status == 78 && end.said.hasPrefix(sentence), "\(end)")
    }

    @Test func `without a stack file it does not start`() throws {
        let end = try run([])
        #expect(end.status == 78)
        #expect(end.said == "passerelle: The stack file stack.yml cannot be read (No such file or directory).")
    }

    @Test func `a port that is taken is said to be, and may be tried again`() throws {
        let gateway = try RunningGateway(stack: good)
        defer { gateway.close() }
        let port = gateway.address.split(separator: ":").last.map(String.init) ?? ""
        let end = try run([], ["PORT": port], stack: good)
        #expect(end.status == 75)
        #expect(
            end.said == "passerelle: The gateway cannot listen: port \(port) of 127.0.0.1 is taken by another program.")
    }

    @Test(arguments: [
        ("203.0.113.9", "passerelle: The gateway cannot listen: this machine has no address 203.0.113.9."),
        ("localhost", "passerelle: BIND must be an IP address, not \"localhost\"."),
    ])
    func `an address that is not this machine's is refused`(_ address: String, _ sentence: String) throws {
        let end = try run(["--bind", address], stack: good)
        #expect(end.status == 78 && end.said == sentence, "\(end)")
    }

    @Test func `a function that was started does not outlast a start that fails`() throws {
        let end = try run([], stack: "functions: {faulty-function: {}, missing: {}}")
        #expect(end.status == 78)
    }

    @Test func `check reads a stack file and starts nothing`() throws {
        let end = try run(["check", "other.yml"]) { folder in
            try Data("functions: {one: {}, two: {}}".utf8).write(to: folder.appending(path: "other.yml"))
        }
        #expect(end.status == 0 && end.said == "other.yml: 2 functions (one, two)")
        let broken = try run(["check"], stack: "functions: 7")
        #expect(broken.status == 78)
        #expect(
            broken.said == "passerelle: The stack file stack.yml cannot be used: line 1: functions must be a mapping.")
    }

    @Test func `help and version are told`() throws {
        #expect(try run(["--version"]).said.hasPrefix("passerelle 0."))
        let help = try run(["--help"])
        #expect(help.status == 0 && help.said.contains("--ready-fd"))
        let wrong = try run(["--wrong"])
        #expect(wrong.status == 64)
    }

    @Test func `the address is written to the descriptor that waits for it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ready-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(good.utf8).write(to: folder.appending(path: "stack.yml"))
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.currentDirectoryURL = folder
        let program = RunningGateway.products + "/passerelle"
        let line =
            "mkfifo ready; exec 3<>ready; '\(program)' --ready-fd 3 2>/dev/null & "
            + "read -r -t 60 address <&3; echo $address; kill $!; wait $!; echo $?"
        shell.arguments = ["-c", line]
        shell.environment = ["PORT": "0", "FUNCTIONS": RunningGateway.products, "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\n0\n/) != nil, "\(text)")
    }

    @Test(arguments: [
        (
            ["--function", "faulty-function"], ["healthcheck_interval": "soon"],
            "healthcheck_interval must be a duration"
        ),
        (["--function", "faulty-function"], ["suppress_lock": "maybe"], "suppress_lock must be true or false"),
        (["--function", "faulty-function"], ["port": "70000"], "port must be a port"),
        (["--function", "faulty-function"], ["exec_timeout": "x"], "exec_timeout must be a duration"),
        (["--function", "No-Name"], [:], "function No-Name must be named"),
        (["--function", "missing"], [:], "The program of the function missing is not there"),
        (
            ["--function", "faulty-function"], ["TMPDIR": "/nowhere", "port": "0", "metrics_port": "0"],
            "The lock file /nowhere/.lock cannot be written"
        ),
    ])
    func `a watchdog that cannot be is refused in one sentence`(
        _ arguments: [String], _ environment: [String: String], _ words: String
    ) throws {
        let end = try run(arguments, environment)
        #expect(end.status == 78 && end.said.contains(words), "\(end)")
        #expect(!end.said.contains("\n"))
    }

    @Test func `check says each fault of a stack file in a sentence`() throws {
        let stack = """
            functions:
              one: {environment: {max_body: lots, exec_timeout: never}, labels: {com.openfaas.scale.max: "0"}}
              Two: {}
              three: {environment: {max_body: 1KiB}}
            """
        let end = try run(["check"], stack: stack)
        let lines = end.said.split(separator: "\n")
        #expect(end.status == 78 && lines.count == 4, "\(end)")
        for (line, words) in zip(lines, ["max_body", "exec_timeout", "scale.max", "function Two"]) {
            #expect(line.hasPrefix("passerelle: The stack file stack.yml cannot be used: line "))
            #expect(line.contains(words) && line.hasSuffix("."))
        }
        let schedule = """
            functions:
              one: {annotations: {topic: cron-function, schedule: "x", passerelle.every: 1ms}}
              two: {annotations: {topic: cron-function}}
              three: {annotations: {topic: cron-function, schedule: "@daily", passerelle.timezone: Europe/Nowhere}}
            """
        #expect(try run(["check", "stack.yml"], stack: schedule).said.split(separator: "\n").count == 4)
        #expect(try run(["check", "other.yml"]).status == 78)
        let fine = try run(["check"], stack: good)
        #expect(fine.status == 0 && fine.said == "stack.yml: 1 functions (faulty-function)")
    }

    @Test func `invoke runs a function by itself, with its status and its declared environment alone`() throws {
        let stack = "functions: {faulty-function: {environment: {COLOUR: blue}}}"
        #expect(try run(["invoke", "faulty-function"], stack: stack, input: "well") == (0, "well"))
        #expect(try run(["invoke", "faulty-function"], stack: stack, input: "exit 3").status == 3)
        #expect(try run(["invoke", "faulty-function"], stack: stack, input: "variable COLOUR") == (0, "blue"))
        #expect(try run(["invoke", "faulty-function"], ["X": "1"], stack: stack, input: "variable X") == (0, "-"))
        let path = ["invoke", "faulty-function", "--path", "/a", "--method", "PUT", "--query", "b=1"]
        #expect(try run(path, stack: stack, input: "variable Http_Path") == (0, "/a"))
        #expect(try run(path, stack: stack, input: "variable Http_Method") == (0, "PUT"))
        #expect(try run(path, stack: stack, input: "variable Http_Query") == (0, "b=1"))
        let slow = "functions: {faulty-function: {environment: {exec_timeout: 300ms}}}"
        #expect(try run(["invoke", "faulty-function"], stack: slow, input: "hang").status == SIGALRM)
    }

    @Test func `invoke of what is not there says so`() throws {
        #expect(
            try run(["invoke", "none"], stack: good) == (64, "passerelle: There is no function none in stack.yml."))
        #expect(try run(["invoke"], stack: good).status == 64)
        #expect(try run(["invoke", "faulty-function", "--path"], stack: good).status == 64)
        #expect(try run(["invoke", "faulty-function", "--nonsense"], stack: good).status == 64)
    }
}
