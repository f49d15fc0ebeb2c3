import Foundation
import Testing

/// What is left of a gateway, and what its callers are told, when the machine has no more to give.
@Suite(.serialized) struct ExhaustionTests {
    private let function = "/function/faulty-function"

    @Test func `without descriptors a call that needs a process is told to come back, and the log says why`() throws {
        let stack = """
            functions:
              faulty-function: {}
              once:
                fprocess: faulty-function
                annotations: {passerelle.mode: one-shot, passerelle.started-ahead: "0"}
            """
        let gateway = try RunningGateway(stack: stack, limits: "-n 32")
        defer { gateway.close() }
        #expect(try gateway.ask(function, body: "well").body == "well")
        let connections = IdleConnections(to: gateway.address)
        let isFull = try eventually {
            connections.open()
            return try gateway.ask("/function/once", body: "well").problem == "unavailable"
        }
        #expect(isFull)
        let refused = try gateway.ask("/function/once", body: "well")
        #expect(refused.status == 503 && refused.fields["retry-after"] == "1", "\(refused)")
        let isSaid = eventually { gateway.rawLog.contains("Too many open files") }
        #expect(isSaid)
        #expect(try gateway.ask(function, body: "still").body == "still")
        connections.close()
        let isBack = try eventually { try gateway.ask("/function/once", body: "again").body == "again" }
        #expect(isBack)
    }

    @Test(.enabled(if: geteuid() == 0)) func `a function that may start no process is told so by the system`() throws {
        let stack = #"functions: {faulty-function: {annotations: {passerelle.processes: "1"}}}"#
        let user = String(62_000 + getpid() % 3_000)
        let gateway = try RunningGateway(stack: stack, environment: ["FUNCTION_USER": user])
        defer { gateway.close() }
        #expect(try gateway.ask(function, body: "grandchild").body == "0")
        #expect(try gateway.ask(function, body: "well").body == "well")
    }

    @Test func `a file that grows beyond its function's limit costs the worker, and its caller reads the signal`()
        throws
    {
        let stack = "functions: {faulty-function: {annotations: {passerelle.file-size: 4KiB}}}"
        let gateway = try RunningGateway(stack: stack)
        defer { gateway.close() }
        let folder = FileManager.default.temporaryDirectory.appending(path: "size-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        #expect(try gateway.ask(function, body: "fill \(folder.path)/file 4096").body == "4096 0")
        let answer = try gateway.ask(function, body: "fill \(folder.path)/other 8192")
        #expect(answer.status == 502 && answer.body.contains("SIGXFSZ"), "\(answer)")
        #expect(try gateway.ask(function, body: "well").body == "well")
    }

    @Test func `a log that cannot be written for want of room holds up no call`() throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let log = disk.path + "/log"
        try Data().write(to: URL(fileURLWithPath: log))
        let gateway = try RunningGateway(stack: "functions: {faulty-function: {}}", log: log)
        defer { gateway.close() }
        try disk.fill()
        for _ in 0..<200 { #expect(try gateway.ask(function, body: "well").body == "well") }
        disk.free()
        let isSaid = try eventually {
            _ = try gateway.ask(function, body: "well")
            return gateway.rawLog.contains("log lines dropped")
        }
        #expect(isSaid)
    }

    @Test func `a secret for which there is no room is refused, and the former one stays`() throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let administered = try AdministeredGateway(secretsIn: disk.path)
        defer { administered.close() }
        let path = "/system/secrets"
        #expect(try administered.ask("POST", path, #"{"name": "mine", "value": "first"}"#).status == 201)
        try disk.fill()
        let large = String(repeating: "x", count: 8192)
        let answer = try administered.ask("PUT", path, #"{"name": "mine", "value": "\#(large)"}"#)
        #expect(answer.status == 503 && answer.problem == "unavailable", "\(answer)")
        #expect(try String(contentsOfFile: disk.path + "/mine", encoding: .utf8) == "first")
        #expect(try administered.call("plain", "well").body == "well")
    }

    @Test func `a function's own write fails as the system has it`() throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let gateway = try RunningGateway(stack: "functions: {faulty-function: {}}")
        defer { gateway.close() }
        let answer = try gateway.ask(function, body: "fill \(disk.path)/file 1000000")
        #expect(answer.status == 200 && answer.body.hasSuffix(" \(ENOSPC)"), "\(answer)")
        #expect(try gateway.ask(function, body: "well").body == "well")
    }
}

/// Connections over which nothing is asked.
private final class IdleConnections {
    private var sockets: [Int32] = []

    private var place = sockaddr_in()

    init(to address: String) {
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = (UInt16(address.split(separator: ":").last ?? "") ?? 0).bigEndian
        place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    }

    /// Opens another one.
    func open() {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = unsafe withUnsafePointer(to: place) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(number, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        sockets.append(number)
    }

    func close() {
        for number in sockets { Glibc.close(number) }
        sockets = []
    }
}
