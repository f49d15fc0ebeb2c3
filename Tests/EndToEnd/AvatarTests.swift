import Foundation
import JSON
import Pictures
import TestPictures
import Testing

extension AccountsEndToEnd {
    @Suite struct AvatarTests {
        static let red = PNGFile(width: 20, height: 10, [255, 0, 0, 255])

        private func picture(_ viewer: Person, of other: Person) throws -> [UInt8] {
            let answer = try viewer.edit("GET", "/\(other.login)/avatar")
            try #require(answer.status == 200, "\(answer)")
            #expect(answer["content-type"] == "image/png" && answer["x-content-type-options"] == "nosniff")
            return answer.body
        }

        @Test func `a picture that was sent is shown as a square, and nothing else of the file is`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            var file = Self.red
            file.chunks = [("tEXt", Array("Comment\0whisper".utf8)), ("eXIf", Array("MM\0*whisper".utf8))]
            let put = try ada.sendAvatar(file.bytes + Array("whisper".utf8))
            #expect(put.status == 200, "\(put)")
            #expect(put.json["avatarUrl"] == (try bob.edit("GET", "/" + ada.login).json["avatarUrl"]))
            #expect(
                put.json["avatarUrl"].string
                    == "http://127.0.0.1:\(installation.port)/function/edit-profile/\(ada.login)/avatar")
            let shown = try picture(bob, of: ada)
            #expect(!String(decoding: shown, as: UTF8.self).contains("whisper"))
            #expect(try SquarePicture(png: shown) == SquarePicture { _, _ in (255, 0, 0, 255) })
            #expect(try picture(ada, of: ada) == shown)
            let stored = try installation.store.one("avatars", ["_id": Stored.id(ada.accountID)])
            #expect(stored["picture"]["$binary"]["subType"].string == "06")
        }

        @Test func `without a picture one is drawn, always the same and everybody's own`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let drawn = try picture(bob, of: ada)
            #expect(try picture(ada, of: ada) == drawn)
            #expect(try ada.sendAvatar(Self.red.bytes).status == 200)
            #expect(try picture(bob, of: ada) != drawn)
            for _ in 0..<2 { #expect(try ada.edit("DELETE", "/avatar").status == 204) }
            #expect(try picture(bob, of: ada) == drawn)
            #expect(try SquarePicture(png: drawn).png() == drawn)
        }

        @Test func `what is no picture, or too large, is refused and changes nothing`() throws {
            let ada = try Player.join(at: Installation.here)
            #expect(try ada.sendAvatar(Self.red.bytes).status == 200)
            let before = try picture(ada, of: ada)
            let jpeg: [UInt8] = [0xff, 0xd8, 0xff, 0xe0, 0, 16] + Array("JFIF\0".utf8) + Array(repeating: 0, count: 99)
            for wrong in [
                [], jpeg, Array("{}".utf8), Array(Self.red.bytes.dropLast(30)),
                PNGFile(claimingWidth: 50_000, height: 50_000).bytes, PNGFile(emptyOfWidth: 4097, height: 1).bytes,
            ] {
                let answer = try ada.sendAvatar(wrong)
                #expect(answer.status == 400 && answer.slug == "invalid-request", "\(answer)")
            }
            #expect(try ada.sendAvatar(Self.red.bytes, type: "image/jpeg").status == 415)
            #expect(try ada.sendAvatar(Self.red.bytes, type: "application/json").status == 415)
            let long = Self.red.bytes + Array(repeating: 0, count: (512 << 10) - Self.red.bytes.count)
            #expect(try ada.sendAvatar(long + [0]).status == 413)
            #expect(try ada.client.send("PUT", "/function/edit-profile/avatar", body: Self.red.bytes).status == 401)
            #expect(try picture(ada, of: ada) == before)
            #expect(try ada.sendAvatar(long).status == 200)
        }

        @Test func `a picture that was packed to a hundredth is read within bounds`() throws {
            let ada = try Player.join(at: Installation.here)
            let answer = try ada.sendAvatar(PNGFile(emptyOfWidth: 4096, height: 2048).bytes)
            #expect(answer.status == 200, "\(answer)")
            #expect(try SquarePicture(png: picture(ada, of: ada)) == SquarePicture { _, _ in (0, 0, 0, 0) })
        }

        @Test func `somebody whose login is the name of a route is shown like anybody else`() throws {
            let installation = try Installation.here
            var avatar = try Person.register(at: installation, login: "avatar")
            try avatar.logIn()
            #expect(try avatar.edit("PUT", "", .object(Player.profile)).status == 200)
            #expect(try avatar.edit("GET", "/avatar").json["login"] == "avatar")
            #expect(try avatar.edit("GET", "/avatar/avatar").status == 200)
        }
    }
}
