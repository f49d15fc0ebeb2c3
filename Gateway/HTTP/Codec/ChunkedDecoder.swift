/// Takes the chunked transfer coding off (RFC 9112, section 7.1); extensions and trailers are checked and dropped.
struct ChunkedDecoder {
    private enum State {
        case size(digits: Int)
        case blankAfterSize
        case `extension`
        case sizeLineFeed
        case data
        case dataReturn
        case dataLineFeed
        case trailerStart
        case trailerName
        case trailerValue
        case trailerLineFeed
        case endLineFeed
    }

    private let bodyLimit: Int
    private var overhead: Int
    private var state = State.size(digits: 0)
    private var size = 0
    private(set) var body: [UInt8] = []

    /// `overheadLimit` bounds the bytes of extensions and trailers together.
    init(bodyLimit: Int, overheadLimit: Int) {
        self.bodyLimit = bodyLimit
        overhead = overheadLimit
    }

    /// Takes bytes from `position` on and moves it; true when the content and its trailers are whole.
    mutating func take(_ input: Span<UInt8>, _ position: inout Int) throws(Refusal) -> Bool {
        while position < input.count {
            if case .data = state {
                takeData(input, &position)
            } else {
                position += 1
                if try step(input[position - 1]) { return true }
            }
        }
        return false
    }

    private mutating func takeData(_ input: Span<UInt8>, _ position: inout Int) {
        let count = min(size, input.count - position)
        unsafe input.extracting(position..<position + count).withUnsafeBufferPointer {
            unsafe body.append(contentsOf: $0)
        }
        position += count
        size -= count
        if size == 0 { state = .dataReturn }
    }

    /// Takes one byte outside the data; true for the last one.
    private mutating func step(_ byte: UInt8) throws(Refusal) -> Bool {
        switch state {
        case .size(let digits): try takeSize(byte, digits)
        case .blankAfterSize, .extension: try takeExtension(byte)
        case .sizeLineFeed: try expect(byte, ByteClass.lineFeed, then: size == 0 ? .trailerStart : .data)
        case .data, .dataReturn: try expect(byte, ByteClass.carriageReturn, then: .dataLineFeed)
        case .dataLineFeed: try expect(byte, ByteClass.lineFeed, then: .size(digits: 0))
        case .trailerStart, .trailerName, .trailerValue: try takeTrailer(byte)
        case .trailerLineFeed: try expect(byte, ByteClass.lineFeed, then: .trailerStart)
        case .endLineFeed:
            try expect(byte, ByteClass.lineFeed, then: .endLineFeed)
            return true
        }
        return false
    }

    private mutating func expect(_ byte: UInt8, _ wanted: UInt8, then next: State) throws(Refusal) {
        guard byte == wanted else { throw .badChunk }
        state = next
    }

    private mutating func takeSize(_ byte: UInt8, _ digits: Int) throws(Refusal) {
        if let value = ByteClass.hexValue(byte) {
            // Fifteen digits cannot overflow an Int.
            guard digits < 15 else { throw .badChunk }
            if digits == 0 { size = 0 }
            size = size << 4 | value
            state = .size(digits: digits + 1)
            return
        }
        guard digits > 0 else { throw .badChunk }
        switch byte {
        case ByteClass.carriageReturn: try endSize()
        case UInt8(ascii: ";"): state = .extension
        case _ where ByteClass.isBlank(byte): state = .blankAfterSize
        default: throw .badChunk
        }
    }

    private mutating func takeExtension(_ byte: UInt8) throws(Refusal) {
        try spend()
        switch (state, byte) {
        case (.blankAfterSize, UInt8(ascii: ";")): state = .extension
        case (.blankAfterSize, _): guard ByteClass.isBlank(byte) else { throw .badChunk }
        case (_, ByteClass.carriageReturn): try endSize()
        default: guard !ByteClass.isControl(byte) else { throw .badChunk }
        }
    }

    /// The size is known: refuses a chunk that would make the content too long, before any of it is stored.
    private mutating func endSize() throws(Refusal) {
        guard size <= bodyLimit - body.count else { throw .bodyTooLong }
        state = .sizeLineFeed
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(Refusal) {
        try spend()
        switch (state, byte) {
        case (.trailerStart, ByteClass.carriageReturn): state = .endLineFeed
        case (.trailerName, UInt8(ascii: ":")): state = .trailerValue
        case (.trailerValue, ByteClass.carriageReturn): state = .trailerLineFeed
        case (.trailerValue, _): guard !ByteClass.isControl(byte) else { throw .badChunk }
        default:
            guard ByteClass.isToken(byte) else { throw .badChunk }
            state = .trailerName
        }
    }

    private mutating func spend() throws(Refusal) {
        overhead -= 1
        guard overhead >= 0 else { throw .headTooLong }
    }
}
