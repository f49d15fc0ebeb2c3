/// What the fields say about the message itself: length, coding, host, connection, expectation.
struct Framing {
    private var length: Int?
    private var isChunked = false
    private var hasHost = false
    private var closes = false
    private var staysOpen = false
    private(set) var expectsContinue = false

    /// Takes note of a field; throws for what makes the message's end doubtful.
    mutating func note(_ bytes: Span<UInt8>, _ field: FieldRange) throws(Refusal) {
        switch field.name.count {
        case 4 where bytes.equals("host", in: field.name): try noteHost(bytes, field.value)
        case 6 where bytes.equals("expect", in: field.name): try noteExpectation(bytes, field.value)
        case 10 where bytes.equals("connection", in: field.name): noteConnection(bytes, field.value)
        case 14 where bytes.equals("content-length", in: field.name): try noteLength(bytes, field.value)
        case 17 where bytes.equals("transfer-encoding", in: field.name): try noteCoding(bytes, field.value)
        default: break
        }
    }

    /// How the content is delimited (RFC 9112, section 6.3); throws where two fields contradict each other.
    func content(isHTTP10: Bool) throws(Refusal) -> ContentLength {
        guard isHTTP10 || hasHost else { throw .noHost }
        guard isChunked else { return length.map { $0 == 0 ? .none : .fixed($0) } ?? .none }
        guard length == nil, !isHTTP10 else { throw .badCoding }
        return .chunked
    }

    func keepsAlive(isHTTP10: Bool) -> Bool {
        !closes && (!isHTTP10 || staysOpen)
    }

    private mutating func noteHost(_ bytes: Span<UInt8>, _ value: ByteRange) throws(Refusal) {
        guard !hasHost, Host.isValid(bytes, value) else { throw .noHost }
        hasHost = true
    }

    private mutating func noteExpectation(_ bytes: Span<UInt8>, _ value: ByteRange) throws(Refusal) {
        guard bytes.equals("100-continue", in: value) else { throw .badExpectation }
        expectsContinue = true
    }

    private mutating func noteConnection(_ bytes: Span<UInt8>, _ value: ByteRange) {
        var start = value.start
        while start < value.end {
            let end = bytes.firstIndex(of: UInt8(ascii: ","), from: start).map { min($0, value.end) } ?? value.end
            let option = bytes.trimmed(ByteRange(start, end))
            if bytes.equals("close", in: option) { closes = true }
            if bytes.equals("keep-alive", in: option) { staysOpen = true }
            start = end + 1
        }
    }

    private mutating func noteLength(_ bytes: Span<UInt8>, _ value: ByteRange) throws(Refusal) {
        guard length == nil, value.count > 0 else { throw .badLength }
        var number = 0
        for index in value.indices {
            guard ByteClass.isDigit(bytes[index]) else { throw .badLength }
            let (tenfold, tooBig) = number.multipliedReportingOverflow(by: 10)
            let (sum, tooBigAgain) = tenfold.addingReportingOverflow(Int(bytes[index] - UInt8(ascii: "0")))
            guard !tooBig, !tooBigAgain else { throw .badLength }
            number = sum
        }
        length = number
    }

    private mutating func noteCoding(_ bytes: Span<UInt8>, _ value: ByteRange) throws(Refusal) {
        guard !isChunked, value.count > 0 else { throw .badCoding }
        guard bytes.equals("chunked", in: value) else {
            throw bytes.firstIndex(of: UInt8(ascii: ","), from: value.start).map { $0 < value.end } == true
                ? .badCoding : .unknownCoding
        }
        isChunked = true
    }
}
