import TestPictures
import Testing

@testable import Pictures

@Suite struct SquarePictureTests {
    private static let red: [UInt8] = [255, 0, 0, 255]

    private func pixel(_ picture: SquarePicture, _ x: Int, _ y: Int) -> [UInt8] {
        Array(picture.pixels[((y * 256 + x) * 4)...].prefix(4))
    }

    private func types(of png: [UInt8]) -> [String] {
        var types: [String] = []
        var rest = png.dropFirst(8)
        while rest.count >= 12 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            types.append(String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self))
            rest = rest.dropFirst(12 + length)
        }
        return types
    }

    @Test(arguments: [(1, 1), (3, 200), (256, 256), (700, 40), (4096, 1), (1, 4096)])
    func `a picture of any shape becomes a square of 256 pixels`(width: Int, height: Int) throws {
        let picture = try SquarePicture(png: PNGFile(width: width, height: height, Self.red).bytes)
        #expect(picture == SquarePicture { _, _ in (255, 0, 0, 255) })
    }

    @Test func `the middle is kept, at its own place`() throws {
        let halves = (0..<512).flatMap { _ in
            [UInt8(0)] + (0..<1024).flatMap { column -> [UInt8] in column < 512 ? [0, 0, 255, 255] : Self.red }
        }
        let picture = try SquarePicture(png: PNGFile(width: 1024, height: 512, rows: halves).bytes)
        #expect(pixel(picture, 0, 0) == [0, 0, 255, 255] && pixel(picture, 127, 255) == [0, 0, 255, 255])
        #expect(pixel(picture, 128, 0) == Self.red && pixel(picture, 255, 255) == Self.red)
    }

    @Test func `what is written is read again, pixel by pixel`() throws {
        let drawn = SquarePicture { x, y in (UInt8(x), UInt8(y), UInt8(x ^ y), 255) }
        #expect(try SquarePicture(png: drawn.png()) == drawn)
    }

    @Test func `the worst of pictures is still written`() throws {
        var state: UInt32 = 1
        func noise() -> UInt8 {
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        let drawn = SquarePicture { _, _ in (noise(), noise(), noise(), noise() | 1) }
        #expect(try drawn.png().count > 256 * 256 * 4)
    }

    @Test func `nothing but the picture is in what is written`() throws {
        var file = PNGFile(width: 20, height: 20, Self.red)
        file.chunks = [
            ("tEXt", Array("Comment\0whisper".utf8)), ("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0whisper".utf8)),
            ("eXIf", Array("MM\0*whisper".utf8)), ("zTXt", Array("Comment\0\0whisper".utf8)),
            ("prVt", Array("whisper".utf8)), ("tIME", [7, 0, 1, 1, 0, 0, 0]),
        ]
        let bytes = file.bytes + Array("whisper".utf8)
        let written = try SquarePicture(png: bytes).png()
        #expect(Set(types(of: written)) == ["IHDR", "IDAT", "IEND"])
        #expect(try SquarePicture(png: written) == SquarePicture { _, _ in (255, 0, 0, 255) })
    }

    @Test func `of a transparent pixel's colour nothing is left`() throws {
        let picture = try SquarePicture(png: PNGFile(width: 256, height: 256, [12, 34, 56, 0]).bytes)
        #expect(picture == SquarePicture { _, _ in (0, 0, 0, 0) })
    }

    @Test func `grey, sixteen bits, a palette and interlace are read`() throws {
        let grey = PNGFile(width: 2, height: 1, depth: 1, kind: 0, rows: [0, 0b1000_0000])
        #expect(
            try pixel(SquarePicture(png: PNGFile(width: 1, height: 1, Self.red, isInterlaced: true).bytes), 9, 9)
                == Self.red)
        #expect(try pixel(SquarePicture(png: grey.bytes), 0, 0) == [255, 255, 255, 255])
        let deep = PNGFile(width: 1, height: 1, depth: 16, kind: 2, rows: [0, 255, 255, 128, 0, 0, 0])
        #expect(try pixel(SquarePicture(png: deep.bytes), 0, 0) == [255, 128, 0, 255])
        var palette = PNGFile(width: 1, height: 1, depth: 8, kind: 3, rows: [0, 1])
        palette.chunks = [("PLTE", [0, 0, 0, 9, 8, 7]), ("tRNS", [255, 255])]
        #expect(try pixel(SquarePicture(png: palette.bytes), 0, 0) == [9, 8, 7, 255])
    }

    @Test(arguments: [(4097, 1), (1, 4097), (4096, 4096), (100_000, 100_000), (0x7fff_ffff, 0x7fff_ffff)])
    func `a head that promises too much is refused`(width: Int, height: Int) {
        #expect(throws: PictureError.tooLarge) {
            try SquarePicture(png: PNGFile(claimingWidth: width, height: height).bytes)
        }
    }

    @Test func `the largest picture that is read is read, however small it was packed`() throws {
        let bomb = PNGFile(emptyOfWidth: 4096, height: 2048).bytes
        #expect(bomb.count < 512 << 10)
        #expect(try SquarePicture(png: bomb) == SquarePicture { _, _ in (0, 0, 0, 0) })
    }

    @Test func `what is no PNG, and what is cut off anywhere, is refused`() {
        let file = PNGFile(width: 3, height: 3, Self.red).bytes
        let jpeg: [UInt8] = [0xff, 0xd8, 0xff, 0xe0, 0, 16] + Array("JFIF\0".utf8)
        for bytes in [[], jpeg, Array("GIF89a".utf8), Array(repeating: 0, count: 1000)] {
            #expect(throws: PictureError.notPNG) { try SquarePicture(png: bytes) }
        }
        for length in 0..<(file.count - 20) {
            #expect(throws: PictureError.notPNG) { try SquarePicture(png: Array(file.prefix(length))) }
        }
        #expect(throws: PictureError.notPNG) {
            try SquarePicture(png: PNGFile(width: 0, height: 1, Self.red).bytes)
        }
    }

    @Test func `no flipped bit does more than change the picture or spoil it`() {
        let file = PNGFile(width: 3, height: 3, Self.red).bytes
        for index in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[index] ^= 1 << UInt8(bit)
                do throws(PictureError) {
                    _ = try SquarePicture(png: changed).png()
                } catch {
                    #expect(error != .failed)
                }
            }
        }
    }
}
