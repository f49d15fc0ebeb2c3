/// Reads a number (RFC 8259, section 6).
struct JSONNumberScanner {
    private let bytes: [UInt8]
    private(set) var position: Int
    private var isInteger = true

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func scan() throws(JSONError) -> JSONValue {
        let start = position
        if peek("-") { position += 1 }
        try integerPart()
        try fraction()
        try exponent()
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw JSONError("has a number out of range") }
        return .number(number)
    }

    private mutating func integerPart() throws(JSONError) {
        if peek("0") {
            position += 1
        } else {
            try digits()
        }
    }

    private mutating func fraction() throws(JSONError) {
        guard peek(".") else { return }
        isInteger = false
        position += 1
        try digits()
    }

    private mutating func exponent() throws(JSONError) {
        guard peek("e") || peek("E") else { return }
        isInteger = false
        position += 1
        if peek("+") || peek("-") { position += 1 }
        try digits()
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        guard position > start else { throw JSONError("is not JSON") }
    }

    private func peek(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && UInt32(bytes[position]) == character.value
    }
}
