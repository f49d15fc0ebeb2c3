/// Numbers with units, as stack files write them.
package enum Quantity {
    /// Bytes: `65536`, `64Ki`, `64KiB`, `512k`, `40m`, `1Gi`; powers of 1024 for all, as for container memory.
    package static func bytes(_ text: String) -> Int? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let number = Int(digits), let shift = shifts[text.dropFirst(digits.count).lowercased()] else {
            return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        return overflow ? nil : product
    }

    /// Thousandths of a processor: `100m`, `0.5`, `2`.
    package static func millicores(_ text: String) -> Int? {
        if text.hasSuffix("m") { return natural(text.dropLast()) }
        return decimal(text, scale: 1000)
    }

    /// Milliseconds of a Go duration: `10s`, `1m30s`, `250ms`, `1.5h`; a plain number is seconds (as watchdogs read it).
    package static func milliseconds(_ text: String) -> Int? {
        if let seconds = natural(text[...]) { return product(seconds, 1000) }
        guard !text.isEmpty else { return nil }
        var rest = text[...]
        var total = 0
        while !rest.isEmpty {
            let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
            rest = rest.dropFirst(unit.count)
            guard let scale = durations[String(unit)], let part = decimal(String(number), scale: scale) else {
                return nil
            }
            let (sum, overflow) = total.addingReportingOverflow(part / 1000)
            if overflow { return nil }
            total = sum
        }
        return total
    }

    /// A whole number of at most nine digits.
    package static func natural(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return Int(text)
    }

    private static let shifts = [
        "": 0, "b": 0, "k": 10, "ki": 10, "kb": 10, "kib": 10, "m": 20, "mi": 20, "mb": 20, "mib": 20, "g": 30,
        "gi": 30, "gb": 30, "gib": 30,
    ]

    /// Thousandths of a millisecond in each unit.
    private static let durations = [
        "us": 1, "µs": 1, "ms": 1000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000,
    ]

    private static func decimal(_ text: String, scale: Int) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = natural(parts[0]), let product = product(whole, scale) else { return nil }
        guard parts.count == 2 else { return product }
        guard let fraction = natural(parts[1]) else { return nil }
        var divisor = 1
        for _ in 0..<parts[1].utf8.count { divisor *= 10 }
        return product + fraction * scale / divisor
    }

    private static func product(_ left: Int, _ right: Int) -> Int? {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? nil : product
    }
}
