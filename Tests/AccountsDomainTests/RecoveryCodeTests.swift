import AccountsDomain
import Testing

@Suite struct RecoveryCodeTests {
    @Test func `a set has ten different codes of sixteen base32 characters`() {
        let codes = RecoveryCode.makeSet(random: SeededRandom(1))
        #expect(codes.count == 10)
        #expect(Set(codes).count == 10)
        for code in codes {
            #expect(code.text.utf8.count == 16)
            #expect(code.text.utf8.allSatisfy("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8.contains))
        }
    }

    @Test(arguments: [
        "ABCDEFGHIJKL2345", "abcdefghijkl2345", "ABCD-EFGH-IJKL-2345", "abcd efgh ijkl 2345", "  aBcD--EFGH ijkl-2345 ",
    ])
    func `a code is read however it is typed`(typed: String) throws {
        #expect(try #require(RecoveryCode(parsing: typed)).text == "ABCDEFGHIJKL2345")
    }

    @Test(arguments: [
        "", "ABCDEFGHIJKL234", "ABCDEFGHIJKL23456", "ABCDEFGHIJKL2340", "ABCDEFGHIJKL2341", "ABCDEFGHIJKL234=",
        "ABCDEFGHIJKL234\n", "ABCD_EFGH_IJKL_2345", "ABCDEFGHIJKL234é", "ＡBCDEFGHIJKL2345",
        "ABCDEFGHIJKL2345" + String(repeating: "-", count: 49),
    ])
    func `anything else is no code`(typed: String) {
        #expect(RecoveryCode(parsing: typed) == nil)
    }
}
