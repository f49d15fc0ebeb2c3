import MessagesDomain
import Testing

@Suite struct MessageTextTests {
    @Test(arguments: ["x", " ", "\n", "\u{202E}", "e\u{301}", String(repeating: "\u{1F3B2}", count: 2000)])
    func `is kept as it was written`(text: String) throws {
        let message = try #require(MessageText(parsing: text))
        #expect(Array(message.text.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["", "a\0b", "\0", String(repeating: "e\u{301}", count: 1001)])
    func `is not empty, longer than 2000 code points or broken by zeros`(text: String) {
        #expect(MessageText(parsing: text) == nil)
    }

    @Test(arguments: [
        ("plain text, tab\t and line\nfeed", "plain text, tab\t and line\nfeed"), ("a\u{202E}b", "a\u{FFFD}b"),
        ("\u{2066}\u{2069}", "\u{FFFD}\u{FFFD}"), ("\r\u{1B}[0m", "\u{240D}\u{241B}[0m"),
        ("\u{7F}\u{85}", "\u{2421}\u{FFFD}"),
        ("\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{200F}!", "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{200F}!"),
    ])
    func `is shown so that nothing around it changes`(text: String, shown: String) {
        #expect(Array(DisplayText.neutralised(text).unicodeScalars) == Array(shown.unicodeScalars))
    }

    @Test func `once neutralised, it stays as it is`() {
        for value in 0..<UInt32(0x3000) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = DisplayText.neutralised(String(scalar))
            #expect(DisplayText.neutralised(shown) == shown)
        }
    }
}
