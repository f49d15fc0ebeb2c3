import Cryptography
import Testing

@Suite struct HMACTests {
    struct Case: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let digests: [String]
    }

    /// RFC 2202, section 3.
    static let sha1: [Case] = [
        Case(
            key: repeated(0x0b, 20), message: text("Hi There"), digests: ["b617318655057264e28bc0b6fb378c8ef146be00"]),
        Case(
            key: text("Jefe"), message: text("what do ya want for nothing?"),
            digests: ["effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"]),
        Case(
            key: repeated(0xaa, 20), message: repeated(0xdd, 50), digests: ["125d7342b9ac11cd91a39af48aa17b4f63f175d3"]),
        Case(key: counted, message: repeated(0xcd, 50), digests: ["4c9007f4026250c6bc8414f9bf50c86c2d7235da"]),
        Case(
            key: repeated(0x0c, 20), message: text("Test With Truncation"),
            digests: ["4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"]),
        Case(
            key: repeated(0xaa, 80), message: text("Test Using Larger Than Block-Size Key - Hash Key First"),
            digests: ["aa4ae5e15272d00e95705637ce8a3b55ed402112"]),
        Case(
            key: repeated(0xaa, 80),
            message: text("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
            digests: ["e8e99d0f45237d786d6bbaa7965c7808bbff1a91"]),
    ]

    @Test(arguments: sha1)
    func `HMAC-SHA-1 is as in RFC 2202`(vector: Case) {
        #expect(hex(HMAC.sha1(key: vector.key, vector.message)) == vector.digests[0])
    }

    /// RFC 4231, section 4, but for the truncated one: SHA-256, then SHA-512.
    static let sha2: [Case] = [
        Case(
            key: repeated(0x0b, 20), message: text("Hi There"),
            digests: [
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                    + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
            ]),
        Case(
            key: text("Jefe"), message: text("what do ya want for nothing?"),
            digests: [
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                    + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
            ]),
        Case(
            key: repeated(0xaa, 20), message: repeated(0xdd, 50),
            digests: [
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
                "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
                    + "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
            ]),
        Case(
            key: counted, message: repeated(0xcd, 50),
            digests: [
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
                "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
                    + "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
            ]),
        Case(
            key: repeated(0xaa, 131), message: text("Test Using Larger Than Block-Size Key - Hash Key First"),
            digests: [
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                    + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
            ]),
        Case(
            key: repeated(0xaa, 131),
            message: text(
                "This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm."),
            digests: [
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
                "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
                    + "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
            ]),
    ]

    @Test(arguments: sha2)
    func `HMAC-SHA-256 and HMAC-SHA-512 are as in RFC 4231`(vector: Case) {
        #expect(hex(HMAC.sha256(key: vector.key, vector.message)) == vector.digests[0])
        #expect(hex(HMAC.sha512(key: vector.key, vector.message)) == vector.digests[1])
    }

    @Test func `an empty key and an empty message have a digest too`() {
        #expect(
            hex(HMAC.sha256(key: [], [])) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(hex(HMAC.sha1(key: [], [])) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d")
    }
}
