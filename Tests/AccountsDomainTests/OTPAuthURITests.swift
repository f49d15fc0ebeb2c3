import AccountsDomain
import Foundation
import Primitives
import Testing

@Suite struct OTPAuthURITests {
    @Test func `the URI is written as apps expect it`() throws {
        let login = try #require(Login(parsing: "Alice"))
        let uri = OTPAuthURI(login: login, secret: Array("12345678901234567890".utf8))
        #expect(
            uri.text == "otpauth://totp/Passerelle:Alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Passerelle&algorithm=SHA1&digits=6&period=30")
    }

    @Test(arguments: ["alice", "a.b_c-d+e@example.org", "+++", "@@@", "a+b", String(repeating: "@", count: 64)])
    func `a parser gets back what went in`(text: String) throws {
        let login = try #require(Login(parsing: text))
        let secret = SeededRandom(UInt64(text.utf8.count)).bytes(20)
        let parts = try #require(URLComponents(string: OTPAuthURI(login: login, secret: secret).text))
        #expect(parts.scheme == "otpauth")
        #expect(parts.host == "totp")
        #expect(parts.path == "/Passerelle:" + text)
        let items = try #require(parts.queryItems)
        let parameters = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        #expect(Base32.decode(try #require(parameters["secret"])) == secret)
        #expect(
            parameters.filter { $0.key != "secret" }
                == ["issuer": "Passerelle", "algorithm": "SHA1", "digits": "6", "period": "30"])
    }

    @Test func `signs that mean something in a URI are escaped`() throws {
        let login = try #require(Login(parsing: "a+b@c"))
        #expect(OTPAuthURI(login: login, secret: []).text.contains(":a%2Bb%40c?"))
    }
}
