import Foundation
import Testing

@Suite struct LiveTests {
    private static let stack = """
        functions:
          plain: {fprocess: program, environment: {COLOUR: blue}}
          second: {fprocess: program}
        """

    private func withGateway(_ body: (AdministeredGateway) throws -> Void) throws {
        let gateway = try AdministeredGateway(stack: Self.stack, programs: ["program"])
        defer { gateway.close() }
        try body(gateway)
    }

    private func write(_ text: String, _ gateway: AdministeredGateway) throws {
        try Data(text.utf8).write(to: gateway.gateway.folder.appending(path: "stack.yml"), options: .atomic)
    }

    @Test(arguments: [true, false])
    func `a stack file that changed is read again, asked to or not, and what it does not change stays`(
        _ isAsked: Bool
    ) throws {
        try withGateway { (gateway) throws in
            let pid = try gateway.call("second", "pid").body
            let text = Self.stack.replacing("blue", with: "red") + "\n  third: {fprocess: program}\n"
            try write(text, gateway)
            if isAsked { kill(gateway.gateway.process.processIdentifier, SIGHUP) }
            let isRead = try eventually { try gateway.call("third", "well").body == "well" }
            #expect(isRead)
            #expect(try gateway.call("plain", "variable COLOUR").body == "red")
            #expect(try gateway.call("second", "pid").body == pid)
            try write("functions: {second: {fprocess: program}}", gateway)
            let isGone = try eventually { try gateway.call("plain", "well").status == 404 }
            #expect(isGone)
            #expect(try gateway.call("second", "pid").body == pid)
        }
    }

    @Test(arguments: [
        ("functions: {", "not valid YAML"), ("functions: {plain: {fprocess: missing}}", "is missing or not executable"),
        ("functions: {plain: {fprocess: program, secrets: [none]}}", "The secret none"),
        ("functions: {plain: {fprocess: program, annotations: {passerelle.every: never}}}", "passerelle.every"),
    ])
    func `a stack file that cannot be served changes nothing, and the log says why`(
        _ text: String, _ why: String
    ) throws {
        try withGateway { (gateway) throws in
            let pid = try gateway.call("plain", "pid").body
            try write(text, gateway)
            kill(gateway.gateway.process.processIdentifier, SIGHUP)
            let isTold = eventually {
                gateway.gateway.log.contains { $0["event"] as? String == "stack.kept" && "\($0)".contains(why) }
            }
            #expect(isTold)
            #expect(try gateway.call("plain", "pid").body == pid)
            #expect(try gateway.call("second", "well").body == "well")
        }
    }

    @Test func `no call is lost while the stack file changes again and again`() throws {
        try withGateway { (gateway) throws in
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/bash")
            let url = gateway.gateway.address + "/function/plain/[1-2000]"
            shell.arguments = ["-c", "curl -s -o /dev/null -w '%{http_code}\\n' -d x '\(url)' | sort | uniq -c"]
            let output = Pipe()
            shell.standardOutput = output
            try shell.run()
            for number in 0..<10 {
                try write(Self.stack.replacing("blue", with: "colour\(number)"), gateway)
                kill(gateway.gateway.process.processIdentifier, SIGHUP)
                usleep(20_000)
            }
            let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(said.split(separator: " ").joined(separator: " ") == "2000 200\n")
            let isLast = try eventually { try gateway.call("plain", "variable COLOUR").body == "colour9" }
            #expect(isLast)
        }
    }

    @Test func `a program that was replaced is run by new workers, and the old ones go`() throws {
        try withGateway { (gateway) throws in
            let pid = try gateway.call("plain", "pid").body
            let place = gateway.folder.appending(path: "functions/program").path
            try FileManager.default.copyItem(
                atPath: RunningGateway.products + "/faulty-function", toPath: place + ".new")
            let isRenamed = unsafe rename(place + ".new", place) == 0
            #expect(isRenamed)
            let isNew = try eventually { try gateway.call("plain", "pid").body != pid }
            #expect(isNew)
            let isGone = eventually { !isAlive(Int32(pid) ?? 0) }
            #expect(isGone)
            let isTold = eventually { gateway.gateway.log.contains { $0["event"] as? String == "program.replaced" } }
            #expect(isTold)
        }
    }

    @Test func `a one-shot function's program is replaced under load, and no call is lost`() throws {
        let stack = "functions: {once: {fprocess: program, annotations: {passerelle.mode: one-shot}}}"
        let gateway = try AdministeredGateway(stack: stack, programs: ["program"])
        defer { gateway.close() }
        #expect(try gateway.call("once", "well").body == "well")
        let stop = gateway.folder.appending(path: "stop").path
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        let url = gateway.gateway.address + "/function/once/[1-50]"
        let calls = "curl -s -o /dev/null -w '%{http_code}\\n' -d x '\(url)'"
        shell.arguments = ["-c", "(until [ -e '\(stop)' ]; do \(calls); done) | sort | uniq -c"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        for number in 1...2 {
            let place = gateway.folder.appending(path: "functions/program").path
            try FileManager.default.copyItem(
                atPath: RunningGateway.products + "/faulty-function", toPath: place + ".new")
            let isRenamed = unsafe rename(place + ".new", place) == 0
            #expect(isRenamed)
            let isTold = eventually {
                gateway.gateway.log.count(where: { $0["event"] as? String == "program.replaced" }) == number
            }
            #expect(isTold)
        }
        try Data().write(to: URL(fileURLWithPath: stop))
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let words = said.split(whereSeparator: \.isWhitespace)
        #expect(words.count == 2 && words.last == "200", "\(said)")
        let areFew = eventually { gateway.gateway.children.count == 3 }
        #expect(areFew)
    }
}
