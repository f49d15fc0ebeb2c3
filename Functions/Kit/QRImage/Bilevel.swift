import CPNGShim

/// A square picture of black and white, one bit for each pixel, rows padded to whole bytes.
struct Bilevel {
    /// How many pixels each side of a module has.
    static let scale = 8

    private let side: Int
    private let rows: [UInt8]

    /// Each module becomes 8 by 8 pixels: one byte of a row, eight times below one another.
    init(drawing symbol: Symbol) {
        let modules = symbol.widthWithQuietZone
        side = modules * Self.scale
        rows = (0..<modules).flatMap { y in
            let row: [UInt8] = (0..<modules).map { x in symbol.isDark(x, y) ? 0x00 : 0xff }
            return (0..<Self.scale).flatMap { _ in row }
        }
    }

    /// The picture as a PNG.
    func png() throws(QRError) -> [UInt8] {
        let capacity = rows.count + side + 1024
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            filled = unsafe passerelle_png_write_bilevel(
                rows, UInt32(side), UInt32(side), buffer.baseAddress, buffer.count)
        }
        guard !bytes.isEmpty else { throw .failed }
        return bytes
    }
}
