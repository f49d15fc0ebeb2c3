extension [UInt8] {
    /// Appends an answer's head and what of its content is sent (RFC 9112, sections 4 to 6).
    mutating func append(_ response: borrowing Response, _ framing: ResponseFraming, date: [UInt8]) {
        let status = response.status
        let bodyCount = response.body.count
        reserveCapacity(count + 256 + bodyCount)
        append(contentsOf: StatusLine.text(status).utf8)
        append(contentsOf: date)
        for field in response.headers { append(field) }
        append(framing, status: status, bodyCount: bodyCount)
        append(contentsOf: "\r\n".utf8)
        guard bodyCount > 0, !framing.isBodiless(status) else { return }
        if case .chunked = framing.body {
            append(chunk: response.body)
        } else {
            append(contentsOf: response.body)
        }
    }

    /// Appends content in the chunked coding; nothing where it is empty, which would end it.
    mutating func append(chunk: [UInt8]) {
        guard !chunk.isEmpty else { return }
        append(contentsOf: String(chunk.count, radix: 16).utf8)
        append(contentsOf: "\r\n".utf8)
        append(contentsOf: chunk)
        append(contentsOf: "\r\n".utf8)
    }

    private mutating func append(_ framing: ResponseFraming, status: Int, bodyCount: Int) {
        switch framing.body {
        case .whole where status == 204 || status == 304 || (framing.isHead && bodyCount == 0): break
        case .whole:
            append(contentsOf: "Content-Length: ".utf8)
            append(decimal: bodyCount)
            append(contentsOf: "\r\n".utf8)
        case .chunked where status == 204 || status == 304: break
        case .chunked: append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
        case .untilClose: break
        }
        if framing.closes {
            append(contentsOf: "Connection: close\r\n".utf8)
        } else if framing.isHTTP10 {
            append(contentsOf: "Connection: keep-alive\r\n".utf8)
        }
    }

    /// Appends a field line; one that is not allowed, or that the server writes itself, is left out.
    private mutating func append(_ field: HTTPField) {
        guard !field.isWrittenByServer else { return }
        let start = count
        append(contentsOf: field.name.utf8)
        let nameEnd = count
        append(contentsOf: ": ".utf8)
        append(contentsOf: field.value.utf8)
        guard nameEnd > start, isClean(name: start..<nameEnd, value: nameEnd + 2..<count) else {
            removeLast(count - start)
            return
        }
        append(contentsOf: "\r\n".utf8)
    }

    private func isClean(name: Range<Int>, value: Range<Int>) -> Bool {
        let bytes = span
        var isClean = true
        for index in name { isClean = isClean && ByteClass.isToken(bytes[index]) }
        for index in value { isClean = isClean && !ByteClass.isControl(bytes[index]) }
        return isClean
    }

    private mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}

extension HTTPField {
    private static let own: Set<String> = [
        "connection", "content-length", "date", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade",
    ]

    /// True for fields about length, coding, connection and date, whatever their case.
    fileprivate var isWrittenByServer: Bool {
        switch name.utf8.count {
        case 2, 4, 7, 10, 14, 16, 17: Self.own.contains(name.lowercased())
        default: false
        }
    }
}
