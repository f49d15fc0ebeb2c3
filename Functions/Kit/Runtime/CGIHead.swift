import Wire

/// The header block that a CGI script's answer begins with (RFC 3875, section 6.2.1).
struct CGIHead {
    let bytes: [UInt8]

    init(_ reply: Reply) {
        var head = "Status: \(reply.status)\n"
        for field in reply.headers where !field.value.contains(where: \.isNewline) {
            head += field.name + ": " + field.value + "\n"
        }
        bytes = Array((head + "\n").utf8)
    }
}
