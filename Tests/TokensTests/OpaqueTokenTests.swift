import Cryptography
import Primitives
import Testing
import Tokens

@Suite struct OpaqueTokenTests {
    struct Counting: RandomSource {
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(255 - $0) } }
    }

    @Test func `a token has 43 characters of base64url, and is read back from them`() throws {
        let token = OpaqueToken(random: Counting())
        #expect(token.text == "__79_Pv6-fj39vX08_Lx8O_u7ezr6uno5-bl5OPi4eA")
        #expect(try #require(OpaqueToken(parsing: token.text)).digest == token.digest)
    }

    @Test func `what is stored is the SHA-256 of the bytes`() {
        #expect(OpaqueToken(random: Counting()).digest == SHA256.hash((0..<32).map { UInt8(255 - $0) }))
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "A", count: 43) + "=",
        String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 42) + "+",
        String(repeating: "A", count: 42) + "/",
        String(repeating: "A", count: 42) + "=", String(repeating: "A", count: 42) + "\n",
        " " + String(repeating: "A", count: 42),
        String(repeating: "é", count: 43), String(repeating: "A", count: 41) + "é",
    ])
    func `anything else is no token`(text: String) {
        #expect(OpaqueToken(parsing: text) == nil)
    }
}
