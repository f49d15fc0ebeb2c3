/// One field line of a head (RFC 9112, section 5), taken apart.
struct FieldLine {
    let range: FieldRange
    /// True where the name holds an underscore: a function's environment could not tell it from a hyphen.
    let hasUnderscore: Bool

    init(_ bytes: Span<UInt8>, _ line: ByteRange) throws(Refusal) {
        guard !ByteClass.isBlank(bytes[line.start]) else { throw .foldedField }
        var colon = line.start
        var hasUnderscore = false
        while colon < line.end, ByteClass.isToken(bytes[colon]) {
            if bytes[colon] == UInt8(ascii: "_") { hasUnderscore = true }
            colon += 1
        }
        guard colon > line.start, colon < line.end, bytes[colon] == UInt8(ascii: ":") else { throw .badField }
        let value = ByteRange(colon + 1, line.end)
        try Self.check(bytes, value)
        self.hasUnderscore = hasUnderscore
        range = FieldRange(name: ByteRange(line.start, colon), value: bytes.trimmed(value))
    }

    /// Refuses controls, and what is not UTF-8.
    private static func check(_ bytes: Span<UInt8>, _ value: ByteRange) throws(Refusal) {
        var hasControl = false
        var seen: UInt8 = 0
        for index in value.indices {
            let byte = bytes[index]
            hasControl = hasControl || ByteClass.isControl(byte)
            seen |= byte
        }
        guard !hasControl, seen < 0x80 || bytes.isUTF8(value) else { throw .badField }
    }
}
