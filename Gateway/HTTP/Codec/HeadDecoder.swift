/// Finds and checks a request's head, line by line, in bytes that arrive bit by bit (RFC 9112, sections 2 to 5).
///
/// What it answers depends on the bytes alone, not on how they were cut. Positions count from the head's first byte,
/// which stays at the front of the input until the head is whole.
struct HeadDecoder {
    private let lineLimit: Int
    private let headLimit: Int
    private let fieldLimit: Int
    private var lineStart = 0
    private var scanned = 0
    private var skippedEmptyLine = false
    private var requestLine: RequestLine?
    private var framing = Framing()
    private var fields: [FieldRange] = []
    private var noted = 0

    init(_ limits: HTTPLimits) {
        lineLimit = min(limits.requestLine, limits.headBytes - 1)
        headLimit = limits.headBytes
        fieldLimit = limits.fieldCount
    }

    /// True until a byte of a request was seen.
    var isIdle: Bool { requestLine == nil && lineStart == scanned }

    /// The whole head, and how many bytes it takes; `nil` while more must come.
    mutating func next(_ input: Span<UInt8>) throws(Refusal) -> (head: RequestHead, length: Int)? {
        try checkFirstByte(input)
        while let end = input.firstIndex(of: ByteClass.lineFeed, from: scanned) {
            try checkLengths(lineEnd: end, total: end + 1)
            guard end > lineStart, input[end - 1] == ByteClass.carriageReturn else { throw .badLineEnd }
            let line = ByteRange(lineStart, end - 1)
            scanned = end + 1
            lineStart = scanned
            if try take(input, line) { return try finish(input) }
        }
        scanned = input.count
        try checkLengths(lineEnd: input.count, total: input.count)
        return nil
    }

    /// A request that begins with what no method begins with is not HTTP, and no more of it is waited for.
    private func checkFirstByte(_ input: Span<UInt8>) throws(Refusal) {
        guard scanned == 0, let first = input.isEmpty ? nil : input[0] else { return }
        guard ByteClass.isToken(first) || first == ByteClass.carriageReturn else {
            throw first == ByteClass.lineFeed ? .badLineEnd : .badRequestLine
        }
    }

    /// `lineEnd` is where the line's line feed is or may yet come.
    private func checkLengths(lineEnd: Int, total: Int) throws(Refusal) {
        if requestLine == nil, lineEnd - lineStart > lineLimit + 1 { throw .targetTooLong }
        if total > headLimit { throw .headTooLong }
    }

    /// Takes a line without its end; true for the empty one that ends the head.
    private mutating func take(_ input: Span<UInt8>, _ line: ByteRange) throws(Refusal) -> Bool {
        guard requestLine != nil else {
            try takeFirst(input, line)
            return false
        }
        guard line.count > 0 else { return true }
        let field = try FieldLine(input, line)
        noted += 1
        guard noted <= fieldLimit else { throw .tooManyFields }
        if field.hasUnderscore { return false }
        try framing.note(input, field.range)
        fields.append(field.range)
        return false
    }

    private mutating func takeFirst(_ input: Span<UInt8>, _ line: ByteRange) throws(Refusal) {
        if line.count == 0, !skippedEmptyLine {
            skippedEmptyLine = true
        } else {
            requestLine = try RequestLine(input, line)
            fields.reserveCapacity(8)
        }
    }

    /// The head, after which the decoder is as new.
    private mutating func finish(_ input: Span<UInt8>) throws(Refusal) -> (head: RequestHead, length: Int) {
        let length = scanned
        let head = try head(input, length: length)
        (lineStart, scanned, noted) = (0, 0, 0)
        (skippedEmptyLine, requestLine, framing, fields) = (false, nil, Framing(), [])
        return (head, length)
    }

    private func head(_ input: Span<UInt8>, length: Int) throws(Refusal) -> RequestHead {
        guard let line = requestLine else { throw .badRequestLine }
        let content = try framing.content(isHTTP10: line.isHTTP10)
        var bytes = input.copy(0..<length)
        bytes.lower(fields)
        return RequestHead(
            method: line.method, isHTTP10: line.isHTTP10, keepsAlive: framing.keepsAlive(isHTTP10: line.isHTTP10),
            content: content, expectsContinue: framing.expectsContinue && !line.isHTTP10, bytes: bytes,
            pathRange: line.path, queryRange: line.query,
            fieldRanges: line.authority.map { fields.replacingHost(in: bytes, with: $0) } ?? fields)
    }
}

extension [UInt8] {
    /// Makes the fields' names small.
    fileprivate mutating func lower(_ fields: [FieldRange]) {
        var bytes = mutableSpan
        for field in fields {
            for index in field.name.indices { bytes[index] = ByteClass.lowered(bytes[index]) }
        }
    }
}

extension [FieldRange] {
    /// The fields with the target's authority as Host, as RFC 9112, section 3.2.2 asks.
    fileprivate func replacingHost(in bytes: [UInt8], with authority: ByteRange) -> [FieldRange] {
        map { field in
            let isHost = bytes[field.name.indices].elementsEqual("host".utf8)
            return isHost ? FieldRange(name: field.name, value: authority) : field
        }
    }
}
