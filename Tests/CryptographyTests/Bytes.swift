import Primitives

func text(_ string: String) -> [UInt8] {
    Array(string.utf8)
}

func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] {
    [UInt8](repeating: byte, count: count)
}

func hex(_ bytes: [UInt8]) -> String {
    Hex.encode(bytes)
}

func bytes(_ hex: String) -> [UInt8] {
    Hex.decode(Array(hex.utf8)) ?? []
}

/// The 25-byte key of the fourth case of RFC 2202 and RFC 4231.
let counted: [UInt8] = Array(0x01...0x19)
