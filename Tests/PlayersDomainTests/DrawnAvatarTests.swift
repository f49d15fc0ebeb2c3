import PlayersDomain
import Primitives
import Testing

@Suite struct DrawnAvatarTests {
    private func pixels(_ avatar: DrawnAvatar) -> [[UInt8]] {
        var pixels: [[UInt8]] = []
        for y in 0..<256 {
            for x in 0..<256 {
                let (red, green, blue) = avatar.colour(x: x, y: y)
                pixels.append([red, green, blue])
            }
        }
        return pixels
    }

    private func account(_ number: UInt8) throws -> UniqueID {
        try #require(UniqueID(bytes: Array(repeating: 7, count: 15) + [number]))
    }

    @Test func `an account's picture is always the same, mirrored, and of at most two colours`() throws {
        let picture = pixels(DrawnAvatar(of: try account(1)))
        #expect(picture == pixels(DrawnAvatar(of: try account(1))))
        #expect((1...2).contains(Set(picture).count))
        for row in 0..<256 {
            let pixels = Array(picture[(row * 256)...].prefix(256))
            #expect(pixels == pixels.reversed())
        }
    }

    @Test func `accounts whose ids differ in one bit look different`() throws {
        let pictures = try (0..<16).map { pixels(DrawnAvatar(of: try account($0))) }
        #expect(Set(pictures).count > 14)
    }
}
