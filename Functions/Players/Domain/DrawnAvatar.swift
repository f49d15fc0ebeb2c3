public import Primitives

/// The picture of somebody who has sent none: a pattern and a colour drawn from the account's id, always the same.
public struct DrawnAvatar: Sendable {
    private static let cells = 5
    private static let cell = 42
    private static let margin = (256 - cells * cell) / 2
    private static let background: (UInt8, UInt8, UInt8) = (238, 240, 243)
    private static let colours: [(UInt8, UInt8, UInt8)] = [
        (176, 58, 46), (186, 98, 20), (154, 125, 10), (76, 125, 44), (30, 132, 73), (17, 122, 101), (40, 116, 166),
        (46, 80, 158), (91, 72, 168), (125, 60, 152), (163, 50, 112), (86, 101, 115),
    ]

    private let pattern: UInt64
    private let colour: Int

    /// Draws for an account.
    public init(of account: UniqueID) {
        let mixed = account.bytes.reduce(UInt64(0)) { Self.mixed($0 ^ UInt64($1)) }
        pattern = mixed
        colour = Int(Self.mixed(mixed) % UInt64(Self.colours.count))
    }

    /// Red, green and blue of a pixel, counted from the upper left corner; the picture has 256 by 256.
    public func colour(x: Int, y: Int) -> (UInt8, UInt8, UInt8) {
        let (column, row) = ((x - Self.margin) / Self.cell, (y - Self.margin) / Self.cell)
        guard x >= Self.margin, y >= Self.margin, column < Self.cells, row < Self.cells else { return Self.background }
        let mirrored = min(column, Self.cells - 1 - column)
        return pattern >> UInt64(row * 3 + mirrored) & 1 == 1 ? Self.colours[colour] : Self.background
    }

    /// One step of splitmix64.
    private static func mixed(_ state: UInt64) -> UInt64 {
        var mixed = state &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
