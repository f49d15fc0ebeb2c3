import AccountsDomain
import Testing

@Suite struct LoginTests {
    @Test(arguments: [
        ("abc", "abc"), ("Alice", "alice"), ("ALICE@Example.ORG", "alice@example.org"), ("a.b_c-d+e@f", "a.b_c-d+e@f"),
        ("123", "123"), ("...", "..."), (String(repeating: "Z", count: 64), String(repeating: "z", count: 64)),
    ])
    func `a login keeps its spelling and folds its case`(text: String, folded: String) throws {
        let login = try #require(Login(parsing: text))
        #expect(login.text == text)
        #expect(login.description == text)
        #expect(login.folded == folded)
    }

    @Test(arguments: [
        "", "a", "ab", String(repeating: "a", count: 65), "a b", " abc", "abc ", "abc\n", "ab\0c", "abc/", "a$b",
        "{\"$gt\":1}",
        "a:b", "a%b", "a'b", "a\"b", "a\\b", "a,b", "a#b", "abé", "аlice", "ａｂｃ", "abc\u{301}", "İabc", "K\u{212a}k",
        "😀😀😀",
    ])
    func `anything else is no login`(text: String) {
        #expect(Login(parsing: text) == nil)
    }

    @Test func `spellings that differ only in case are one login`() throws {
        let spellings = try ["alice", "Alice", "ALICE", "aLiCe"].map { try #require(Login(parsing: $0)) }
        #expect(Set(spellings).count == 1)
        #expect(try #require(Login(parsing: "alice")) != #require(Login(parsing: "alicf")))
    }

    @Test func `of all single bytes only letters, digits and six signs may stand in a login`() {
        let allowed = (0...127).filter { Login(parsing: "ab" + String(Unicode.Scalar(UInt8($0)))) != nil }
        let expected = "+-.0123456789@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
        #expect(String(decoding: allowed.map { UInt8($0) }, as: UTF8.self) == expected)
    }
}
