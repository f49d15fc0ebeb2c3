import CPNGShim

/// A picture of 256 by 256 pixels.
public struct SquarePicture: Equatable, Sendable {
    /// How many pixels each side has.
    public static let side = 256
    /// The longest side of a PNG that is read.
    public static let longestSide = 4096
    /// The most pixels of a PNG that is read: one of 3840 by 2160 is small enough.
    public static let mostPixels = 8 << 20

    /// Four bytes for each pixel, row by row: red, green, blue, alpha.
    let pixels: [UInt8]

    /// Asks `colour` for each pixel's red, green, blue and alpha, given column and row.
    public init(drawing colour: (_ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8, UInt8)) {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(Self.count)
        for y in 0..<Self.side {
            for x in 0..<Self.side {
                let (red, green, blue, alpha) = colour(x, y)
                pixels += [red, green, blue, alpha]
            }
        }
        self.pixels = pixels
    }

    /// The middle square of a PNG, scaled; nothing else of the file is kept.
    ///
    /// What is too large is refused by its head, before anything is unpacked.
    public init(png: [UInt8]) throws(PictureError) {
        var outcome = PASSERELLE_PNG_BROKEN
        pixels = unsafe [UInt8](unsafeUninitializedCapacity: Self.count) { buffer, filled in
            outcome = unsafe passerelle_png_read_square(
                png, png.count, UInt32(Self.longestSide), UInt32(Self.mostPixels), UInt32(Self.side),
                buffer.baseAddress)
            filled = outcome == PASSERELLE_PNG_READ ? Self.count : 0
        }
        switch outcome {
        case PASSERELLE_PNG_READ: break
        case PASSERELLE_PNG_TOO_LARGE: throw .tooLarge
        case PASSERELLE_PNG_NO_MEMORY: throw .failed
        default: throw .notPNG
        }
    }

    /// The picture as a PNG, with nothing in it but the picture.
    public func png() throws(PictureError) -> [UInt8] {
        let capacity = Self.count + Self.count / 8 + 1024
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            filled = unsafe passerelle_png_write_rgba(pixels, UInt32(Self.side), buffer.baseAddress, buffer.count)
        }
        guard !bytes.isEmpty else { throw .failed }
        return bytes
    }

    private static let count = side * side * 4
}
