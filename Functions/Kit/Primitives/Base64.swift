/// Base 64 (RFC 4648, sections 4 and 5).
public struct Base64: Sendable {
    /// The alphabet with `+` and `/`, padded with `=`.
    public static let standard = Base64(sixtyTwo: UInt8(ascii: "+"), sixtyThree: UInt8(ascii: "/"), padded: true)
    /// The alphabet that is safe in URLs and file names, without padding.
    public static let url = Base64(sixtyTwo: UInt8(ascii: "-"), sixtyThree: UInt8(ascii: "_"), padded: false)

    private let alphabet: [UInt8]
    private let values: [UInt8]
    private let padded: Bool
    private static let none: UInt8 = 255

    private init(sixtyTwo: UInt8, sixtyThree: UInt8, padded: Bool) {
        alphabet =
            Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + [sixtyTwo, sixtyThree]
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
        self.padded = padded
    }

    /// One character for every six bits.
    public func encode(_ bytes: some Collection<UInt8>) -> String {
        var text = BitPacking.groups(of: 6, in: bytes).map { alphabet[Int($0)] }
        while padded, !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for; `nil` where an encoder would have written something else.
    public func decode(_ text: some StringProtocol) -> [UInt8]? {
        var characters = Array(text.utf8)
        if padded {
            guard characters.count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
        }
        let groups = characters.map { values[Int($0)] }
        guard !groups.contains(Self.none) else { return nil }
        return BitPacking.bytes(from: groups, width: 6)
    }
}
