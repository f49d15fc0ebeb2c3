import CHugePages
import PasswordHashing
import Platform
import Primitives
import Testing

@Suite struct PasswordHashTests {
    /// Sixteen ASCII characters, which the `argon2` command can take as its argument.
    struct FixedSalt: RandomSource {
        let text: String

        func bytes(_ count: Int) -> [UInt8] { Array(text.utf8.prefix(count)) }
    }

    @Test(arguments: [("password", "somesalt16chars0"), ("aB2!~#%&", "0123456789abcdef"), ("é€😀", "ssssssssssssssss")])
    func `a hash is what the argon2 command makes of the same salt`(password: String, salt: String) throws {
        let ours = try PasswordHash.make(Array(password.utf8), random: FixedSalt(text: salt))
        #expect(ours.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try ours == Argon2Command.encode(password, salt: salt, memory: 19_456, passes: 2, lanes: 1))
    }

    @Test(arguments: [(19_456, 2, 1), (64, 1, 1), (32, 3, 4), (4096, 10, 2), (65_536, 1, 1)])
    func `a hash of the argon2 command is verified, and no other password`(
        memory: Int, passes: Int, lanes: Int
    ) throws {
        let stored = try Argon2Command.encode(
            "secret", salt: "saltsaltsalt", memory: memory, passes: passes, lanes: lanes)
        #expect(try PasswordHash.verify(stored, Array("secret".utf8)))
        #expect(try !PasswordHash.verify(stored, Array("Secret".utf8)))
        #expect(try !PasswordHash.verify(stored, Array("secret\0".utf8)))
        #expect(try !PasswordHash.verify(stored, []))
    }

    @Test(arguments: [[], [0], [UInt8](0...255), [UInt8](repeating: 0xff, count: 4096)] as [[UInt8]])
    func `any bytes can be a password`(password: [UInt8]) throws {
        let stored = try PasswordHash.make(password)
        #expect(try PasswordHash.verify(stored, password))
        #expect(try !PasswordHash.verify(stored, password + [1]))
    }

    @Test func `a hash takes its memory in huge pages, and leaves other mappings alone`() throws {
        let before = chugepages_count()
        _ = try PasswordHash.verify(PasswordHash.dummy, [])
        let taken = chugepages_count()
        #expect(taken == before + 1)
        #expect([UInt8](repeating: 1, count: 64 << 20).last == 1)
        #expect(chugepages_count() == taken)
    }

    @Test func `hashes in memory that others have left, some at a time, are what they are alone`() async throws {
        let stored = try (0..<4).map { number in
            try Argon2Command.encode("x\(number)", salt: "saltsalt", memory: 19_456, passes: 2, lanes: 1)
        }
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<32 {
                group.addTask {
                    let isRight = number % 3 != 0
                    let typed = isRight ? "x\(number % 4)" : "y"
                    return (try? PasswordHash.verify(stored[number % 4], Array(typed.utf8))) == isRight
                }
            }
            for await isAsExpected in group { #expect(isAsExpected) }
        }
    }

    @Test func `the same password never has the same hash`() throws {
        #expect(try PasswordHash.make([1]) != PasswordHash.make([1]))
    }

    @Test(arguments: 0..<32)
    func `a hash with any of its bytes changed is another password's`(position: Int) throws {
        let stored = try Argon2Command.encode("x", salt: "saltsalt", memory: 64, passes: 1, lanes: 1)
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        var hash = try #require(Base64.standard.decode(parts[5] + "="))
        hash[position] ^= 1
        let changed = parts.dropLast().joined(separator: "$") + "$" + Base64.standard.encode(hash).dropLast()
        #expect(try !PasswordHash.verify(changed, Array("x".utf8)))
    }

    @Test func `the dummy costs what a real hash does and knows no password`() throws {
        #expect(PasswordHash.dummy.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try PasswordHash.dummy.utf8.count == PasswordHash.make([1]).utf8.count)
        #expect(!PasswordHash.needsRaise(PasswordHash.dummy))
        for password in ["", "dummy", "password"] {
            #expect(try !PasswordHash.verify(PasswordHash.dummy, Array(password.utf8)))
        }
    }

    static let tail = "$c29tZXNhbHQxNmNoYXJzMA$GEn59COxoMAGEn59COxoMAGEn59COxoMAGEn59COxoM"

    @Test(arguments: [
        "", "$", "$argon2id$v=19$m=64,t=1,p=1", "argon2id$v=19$m=64,t=1,p=1" + tail,
        "$argon2i$v=19$m=64,t=1,p=1" + tail,
        "$argon2d$v=19$m=64,t=1,p=1" + tail, "$argon2id$v=16$m=64,t=1,p=1" + tail, "$argon2id$m=64,t=1,p=1" + tail,
        "$argon2id$v=19$m=65537,t=1,p=1" + tail, "$argon2id$v=19$m=4294967295,t=1,p=1" + tail,
        "$argon2id$v=19$m=18446744073709551615,t=1,p=1" + tail, "$argon2id$v=19$m=7,t=1,p=1" + tail,
        "$argon2id$v=19$m=15,t=1,p=2" + tail, "$argon2id$v=19$m=64,t=0,p=1" + tail,
        "$argon2id$v=19$m=64,t=11,p=1" + tail,
        "$argon2id$v=19$m=64,t=4000000000,p=1" + tail, "$argon2id$v=19$m=64,t=1,p=0" + tail,
        "$argon2id$v=19$m=64,t=1,p=5" + tail, "$argon2id$v=19$m=-64,t=1,p=1" + tail,
        "$argon2id$v=19$m=+64,t=1,p=1" + tail,
        "$argon2id$v=19$m=064,t=1,p=1" + tail, "$argon2id$v=19$t=1,m=64,p=1" + tail,
        "$argon2id$v=19$m=64,t=1,p=1,x=1" + tail,
        "$argon2id$v=19$m=64,t=1,p=1" + tail + "$", "$argon2id$v=19$m=64,t=1,p=1" + tail + "=",
        "$argon2id$v=19$m=64,t=1,p=1" + tail + "AA", "$argon2id$v=19$m=64,t=1,p=1" + tail + "\0",
        "$argon2id$v=19$m=64,t=1,p=1$$", "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$c2FsdA",
        "$argon2id$v=19$m=64,t=1,p=1$" + String(repeating: "A", count: 300) + "$AAAAAAAAAAAAAAAAAAAAAA",
    ])
    func `a stored text that is none of ours, or costs absurdly, is refused before it is computed`(stored: String) {
        #expect(throws: PasswordHashError.malformed) { try PasswordHash.verify(stored, [1]) }
        #expect(PasswordHash.needsRaise(stored))
    }

    @Test(arguments: [
        ("m=19456,t=2,p=1", false), ("m=19455,t=2,p=1", true), ("m=19456,t=1,p=1", true), ("m=65536,t=1,p=1", true),
        ("m=65536,t=3,p=1", false), ("m=19456,t=2,p=2", false),
    ])
    func `a hash below the present cost is to be raised`(cost: String, raise: Bool) {
        #expect(PasswordHash.needsRaise("$argon2id$v=19$" + cost + Self.tail) == raise)
    }
}
