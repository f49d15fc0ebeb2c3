import Glibc
import Platform

/// The gateway's process.
final class Gateway {
    /// The URL that it listens at, in its own words.
    let address: String
    /// The functions that callers from outside may call.
    let functions: [String]
    private let process: ChildProcess

    /// How it ended; `nil` while it runs.
    var ending: ExitStatus? { process.ending }
    var pid: pid_t { process.pid }

    /// `lines` are what it said: its address, and the names of its functions.
    private init(process: ChildProcess, lines: [Substring]) {
        self.process = process
        address = lines.first.map(String.init) ?? ""
        functions = lines.dropFirst().first?.split(separator: " ").map(String.init) ?? []
    }

    /// The gateway's program, which lies beside this one.
    static func program() throws(Failure) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + "passerelle"
        guard unsafe access(String(path), X_OK) == 0 else {
            throw .misconfigured("The gateway's program \(path) is missing: build it with \"swift build -c release\".")
        }
        return String(path)
    }

    /// Starts the gateway and waits until it says, on its descriptor 3, where it listens.
    /// `functionUser` is whom its functions are to run as.
    static func start(
        _ path: String, settings: Settings, functionUser: String?, waiting: Waiting
    ) throws(Failure) -> Gateway {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw .unavailable("The gateway cannot be started (\(SystemError("pipe"))).")
        }
        let reading = Descriptor(owning: ends[0])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var environment = settings.gatewayEnvironment
        environment[FunctionUser.variable] = functionUser
        let process = try launch(path, environment, ready: Descriptor(owning: ends[1]))
        do {
            return Gateway(process: process, lines: try firstLines(reading, process, waiting))
        } catch {
            end(process, waiting, seconds: 5)
            throw error
        }
    }

    private static func launch(
        _ path: String, _ environment: [String: String], ready: consuming Descriptor
    ) throws(Failure) -> ChildProcess {
        let program = Program(
            path: path, arguments: ["--ready-fd", "3", "--check-settings"], environment: environment,
            thirdDescriptor: ready.number)
        do {
            return try program.start()
        } catch {
            throw .misconfigured("The gateway cannot be started (\(error)).")
        }
    }

    private static func firstLines(
        _ reading: borrowing Descriptor, _ process: ChildProcess, _ waiting: Waiting
    ) throws(Failure) -> [Substring] {
        let number = reading.number
        let hasSpoken = try waiting.until(seconds: 30, beside: number) { process.ending != nil || isReadable(number) }
        if let lines = hasSpoken ? lines(number) : nil { return lines }
        guard try waiting.until(seconds: 5, { process.ending != nil }), let ending = process.ending else {
            throw .unavailable("The gateway does not say that it is ready.")
        }
        throw refusal(ending)
    }

    private static func isReadable(_ number: CInt) -> Bool {
        var place = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&place, 1, 0) == 1
    }

    /// The lines that were written in one go; `nil` at the end of the pipe.
    private static func lines(_ number: CInt) -> [Substring]? {
        var buffer = [UInt8](repeating: 0, count: Int(PIPE_BUF))
        guard isReadable(number) else { return nil }
        let count = unsafe read(number, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: "\n")
    }

    /// What the gateway found wrong it has said itself.
    private static func refusal(_ ending: ExitStatus) -> Failure {
        let sentence = "The gateway \(ending) before it was ready."
        return ending == .exited(78) ? .misconfigured(sentence) : .unavailable(sentence)
    }

    /// Lets the gateway finish what it has begun; kills it where that takes longer than 40 seconds, or at once
    /// where somebody insists, and then whatever its functions left behind.
    func stop(_ waiting: Waiting) {
        Self.end(process, waiting, seconds: 40)
    }

    private static func end(_ process: ChildProcess, _ waiting: Waiting, seconds: Int) {
        process.send(SIGTERM)
        if waiting.patiently(seconds: seconds, { process.ending != nil }) { return }
        process.send(SIGKILL)
        _ = waiting.patiently(seconds: 5) { process.ending != nil }
    }
}
