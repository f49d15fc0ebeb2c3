/// One line of JSON, built member by member.
struct LogLine {
    private(set) var bytes: [UInt8] = []

    init(reserving capacity: Int = 320) {
        bytes.reserveCapacity(capacity)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func add(_ name: StaticString, _ value: String) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { utf8 in
            unsafe append(escaping: utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds a text that needs no escaping, as its bytes.
    mutating func add(_ name: StaticString, plain value: [UInt8]) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: value)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func add(_ name: StaticString, _ value: Int) {
        begin(name)
        bytes.append(decimal: value)
    }

    mutating func add(_ name: StaticString, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Adds thousandths as a decimal fraction.
    mutating func add(_ name: StaticString, thousandths value: Int) {
        begin(name)
        bytes.append(decimal: value / 1000)
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: value % 1000, width: 3)
    }

    /// Adds a value that is JSON already.
    mutating func add(_ name: StaticString, json value: ArraySlice<UInt8>) {
        begin(name)
        bytes.append(contentsOf: value)
    }

    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private mutating func begin(_ name: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        let isPlain = unsafe text.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { return unsafe bytes.append(contentsOf: text) }
        for index in 0..<text.count {
            let byte = unsafe text[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: [byte >> 4, byte & 15].map { $0 < 10 ? $0 + 48 : $0 + 87 })
            default:
                bytes.append(byte)
            }
        }
    }
}

extension [UInt8] {
    /// Appends a whole number in digits, filled up with zeros to `width`.
    mutating func append(decimal number: Int, width: Int = 1) {
        var rest = number.magnitude
        var digits = 1
        var power: UInt = 10
        while digits < width || (digits < 20 && rest >= power) {
            digits += 1
            power = digits < 20 ? power &* 10 : power
        }
        if number < 0 { append(UInt8(ascii: "-")) }
        let start = count
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
        var index = start + digits - 1
        while rest > 0, index >= start {
            self[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            index -= 1
        }
    }
}
