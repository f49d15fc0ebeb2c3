import Wire

extension Reply {
    /// Reads a one-shot's output: a CGI header block that begins with `Status:` (RFC 3875, section 6.2.1) and then the
    /// content; `nil` where it begins otherwise or the block is broken.
    init?(cgi output: [UInt8]) {
        var lines = CGILines(output)
        guard let first = lines.next(), let (name, value) = Self.field(first), name == "status",
            let status = UInt16(value.prefix(3)), (200...599).contains(status)
        else { return nil }
        self.init(status: status)
        while let line = lines.next() {
            if line.isEmpty {
                body = lines.rest
                return
            }
            guard headers.count < 100, let (name, value) = Self.field(line) else { return nil }
            headers.append(HeaderField(name, value))
        }
        return nil
    }

    private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            let name = String(validating: line[..<colon], as: UTF8.self),
            let value = String(validating: line[(colon + 1)...], as: UTF8.self)
        else { return nil }
        return (name.lowercased(), String(value.drop { $0 == " " || $0 == "\t" }))
    }
}

/// The lines of a header block, each ended by LF or CRLF.
private struct CGILines {
    private static let lineLimit = 16 * 1024
    private(set) var unread: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        unread = bytes[...]
    }

    var rest: [UInt8] { Array(unread) }

    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = unread.prefix(Self.lineLimit).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var line = unread[..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        unread = unread[(end + 1)...]
        return line
    }
}
