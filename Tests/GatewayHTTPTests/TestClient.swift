import Foundation
import Glibc
import Platform

/// A client that says exactly the bytes it is told to.
final class TestClient {
    struct Answer: Equatable {
        var status = 0
        var fields: [String: String] = [:]
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum Failure: Error {
        case noAnswer(String)
        case hung
    }

    private var socket: CInt
    /// Kept running as long as there is a client.
    private let server: TestServer?
    private var received: [UInt8] = []

    init(port: UInt16, server: TestServer? = nil, receiveBuffer: CInt? = nil) throws {
        self.server = server
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            unsafe setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw SystemError("connect") }
    }

    deinit {
        if socket != -1 { close(socket) }
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Sends what the server takes; it may have hung up.
    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let result = unsafe Glibc.send(socket, rest, rest.count, CInt(MSG_NOSIGNAL))
            guard result > 0 else { return }
            sent += result
        }
    }

    func endSending() {
        shutdown(socket, CInt(SHUT_WR))
    }

    /// Leaves with a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close(socket)
        socket = -1
    }

    /// Everything up to the server's end of the connection.
    func rest() throws -> String {
        while try receive() {}
        defer { received = [] }
        return String(decoding: received, as: UTF8.self)
    }

    /// The next answer, `isHead` where it has no content.
    func answer(isHead: Bool = false) throws -> Answer {
        let head = try take(upTo: "\r\n\r\n").components(separatedBy: "\r\n")
        var answer = Answer(status: Int(head[0].split(separator: " ")[1]) ?? 0)
        for line in head.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            answer.fields[parts[0].lowercased()] = String(parts[1].trimmingPrefix(" "))
        }
        if isHead || answer.status < 200 { return answer }
        if answer.fields["transfer-encoding"] == "chunked" {
            try takeChunks(&answer)
        } else if let length = answer.fields["content-length"].flatMap({ Int($0) }) {
            answer.body = try take(length)
        }
        return answer
    }

    private func takeChunks(_ answer: inout Answer) throws {
        while let size = Int(try take(upTo: "\r\n"), radix: 16), size > 0 {
            answer.body += try take(size)
            _ = try take(2)
        }
        _ = try take(2)
    }

    private func take(upTo end: String) throws -> String {
        while true {
            if let range = Data(received).firstRange(of: Data(end.utf8)) {
                let text = String(decoding: received[..<range.lowerBound], as: UTF8.self)
                received.removeFirst(range.upperBound)
                return text
            }
            guard try receive() else { throw Failure.noAnswer(String(decoding: received, as: UTF8.self)) }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while received.count < count {
            guard try receive() else { throw Failure.noAnswer("\(received.count) of \(count) bytes") }
        }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    /// False at the end; throws where nothing comes for ten seconds.
    private func receive() throws -> Bool {
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waiting, 1, 10_000) > 0 else { throw Failure.hung }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}
