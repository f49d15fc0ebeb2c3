import Primitives

/// The parameters of a query, decoded; each at most once.
struct QueryParameters {
    private var values: [String: String] = [:]

    /// Reads a query; throws for a name that is not known, comes twice, or is not UTF-8.
    init(_ query: String?, known: Set<String>) throws(Problem) {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : ""),
                known.contains(name), values.updateValue(value, forKey: name) == nil
            else { throw .invalid("The query has a parameter that is not known here, doubled or badly encoded.") }
        }
    }

    /// The value of a parameter; `nil` where it is left out or empty.
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                continue
            }
            guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let digit) where (48...57).contains(digit): digit - 48
        case .some(let letter) where (97...102).contains(letter | 32): (letter | 32) - 87
        default: nil
        }
    }
}
