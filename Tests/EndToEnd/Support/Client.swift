import Foundation
import Glibc
import JSON

/// Sends one request on a connection of its own and reads the answer to its end.
struct Client: Sendable {
    let port: UInt16

    func send(
        _ method: String, _ target: String, _ fields: [String: String] = [:], body: [UInt8]? = nil
    ) throws -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        let socket = try connect()
        defer { close(socket) }
        try write(Array((head + "\r\n").utf8) + (body ?? []), to: socket)
        return try parse(readAll(from: socket))
    }

    /// A POST of JSON.
    func post(_ target: String, _ content: JSONValue, _ fields: [String: String] = [:]) throws -> Answer {
        let json = ["Content-Type": "application/json"]
        return try send("POST", target, json.merging(fields) { $1 }, body: content.text)
    }

    /// A POST of what may not be JSON.
    func post(_ target: String, text: String, _ fields: [String: String] = [:]) throws -> Answer {
        let json = ["Content-Type": "application/json"]
        return try send("POST", target, json.merging(fields) { $1 }, body: Array(text.utf8))
    }

    private func connect() throws -> CInt {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe Glibc.connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            throw NoAnswer(what: "nobody listens on port \(port)")
        }
        return socket
    }

    /// A gateway may answer and close before it has read everything, so a broken pipe is no failure yet.
    private func write(_ bytes: [UInt8], to socket: CInt) throws {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes { rest in
                unsafe Glibc.send(socket, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func readAll(from socket: CInt) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
        }
    }

    private func parse(_ bytes: [UInt8]) throws -> Answer {
        guard let end = Data(bytes).range(of: Data("\r\n\r\n".utf8)) else {
            throw NoAnswer(what: "the connection was closed after \(bytes.count) bytes")
        }
        let lines = String(decoding: bytes.prefix(end.lowerBound), as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw NoAnswer(what: "the status line is \(lines[0])")
        }
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            return (name: parts[0].lowercased(), value: parts.count > 1 ? parts[1] : "")
        }
        return Answer(status: status, fields: fields, body: Array(bytes[end.upperBound...]))
    }
}

/// Why there was no answer.
struct NoAnswer: Error, CustomStringConvertible {
    let what: String
    var description: String { "No answer: \(what)." }
}
