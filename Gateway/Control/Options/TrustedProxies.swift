import Glibc

/// Whose `X-Forwarded-*` fields are believed: addresses, and networks of them.
package struct TrustedProxies: Equatable, Sendable {
    private var networks: [Network] = []

    /// Nobody.
    package init() {}

    /// Reads addresses (`10.0.0.1`, `2001:db8::1`) and networks (`10.42.0.0/16`), divided by commas or spaces; throws the
    /// part that is neither.
    package init(parsing text: String) throws(NotAnAddress) {
        for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let network = Network(parsing: part) else { throw NotAnAddress(text: String(part)) }
            networks.append(network)
        }
    }

    package struct NotAnAddress: Error {
        package let text: String
    }

    package var isEmpty: Bool { networks.isEmpty }

    /// Whether the numeric address is one of them.
    package func contains(_ address: String) -> Bool {
        guard !networks.isEmpty, let bytes = NetworkAddress.bytes(address) else { return false }
        return networks.contains { $0.contains(bytes) }
    }
}

/// The addresses that begin with the same bits.
private struct Network: Equatable {
    let bytes: [UInt8]
    let bits: Int

    /// A network of all addresses is none: it would believe everybody.
    init?(parsing text: Substring) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = parts.first.flatMap({ NetworkAddress.bytes(String($0)) }) else { return nil }
        self.bytes = bytes
        guard parts.count == 2 else {
            bits = bytes.count * 8
            return
        }
        let digits = parts[1].utf8
        guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }), let bits = Int(parts[1]),
            (1...bytes.count * 8).contains(bits)
        else { return nil }
        self.bits = bits
    }

    func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        let (whole, rest) = (bits / 8, bits % 8)
        guard address[..<whole] == bytes[..<whole] else { return false }
        return rest == 0 || (address[whole] ^ bytes[whole]) >> (8 - rest) == 0
    }
}
