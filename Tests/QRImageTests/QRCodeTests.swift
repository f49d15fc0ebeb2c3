import Foundation
import QRImage
import Testing

@Suite struct QRCodeTests {
    static let alphabet = String(
        decoding: (UInt8(0x21)...0x7e).filter { !Set("O0Il1|\"'`\\".utf8).contains($0) }, as: UTF8.self)
    static let longURI =
        "otpauth://totp/Passerelle:" + String(repeating: "%40", count: 64)
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Passerelle&algorithm=SHA1&digits=6&period=30"

    @Test(arguments: [
        "a", "0123456789", "ABC 123", alphabet, String(alphabet.prefix(24)), String(alphabet.suffix(24)), longURI,
        "http://127.0.0.1:8080/claim#" + String(repeating: "x", count: 43), String(repeating: "aB3$", count: 400),
    ])
    func `zbarimg reads what went in`(text: String) throws {
        #expect(try scanned(Data(QRCode.png(text))) == text)
    }

    @Test func `every single password character survives`() throws {
        #expect(Self.alphabet.utf8.count == 84)
        for character in Self.alphabet {
            let password = String(repeating: character, count: 23) + "a"
            #expect(try scanned(Data(QRCode.png(password))) == password)
        }
    }

    @Test func `the picture is greyscale, one bit deep, with white all around`() throws {
        let png = try QRCode.png("hello")
        #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
        let header = Array(png[8..<33])
        #expect(Array(header[4..<8]) == Array("IHDR".utf8))
        let modules = 21 + 2 * 4
        let side = [0, 0, UInt8(modules * 8 / 256), UInt8(modules * 8 % 256)] as [UInt8]
        #expect(Array(header[8..<16]) == side + side)
        #expect(Array(header[16..<21]) == [1, 0, 0, 0, 0])
    }

    @Test func `the longest text has a code, one byte more has none`() throws {
        let longest = String(repeating: "x", count: QRCode.longest)
        #expect(try scanned(Data(QRCode.png(longest))) == longest)
        #expect(throws: QRError.badLength) { try QRCode.png(longest + "x") }
        #expect(throws: QRError.badLength) { try QRCode.terminal(longest + "x") }
        #expect(throws: QRError.badLength) { try QRCode.png(String(repeating: "x", count: 1_000_000)) }
        #expect(throws: QRError.badLength) { try QRCode.png("") }
    }

    @Test(arguments: ["a", longURI])
    func `what the terminal shows is the same code`(text: String) throws {
        let lines = try QRCode.terminal(text).split(separator: "\n").map { line in
            line.replacing("\u{1b}[30;107m", with: "").replacing("\u{1b}[0m", with: "")
        }
        let side = lines[0].count
        #expect(lines.allSatisfy { $0.count == side })
        #expect(lines.count == (side + 1) / 2)
        #expect(lines.prefix(2).allSatisfy { $0.allSatisfy { $0 == " " } })
        #expect(lines.allSatisfy { $0.hasPrefix("    ") && $0.hasSuffix("    ") })
        #expect(try scanned(bitmap(of: lines, scale: 6)) == text)
    }

    /// The characters as a portable bitmap, each half a square of `scale` pixels.
    private func bitmap(of lines: [Substring], scale: Int) -> Data {
        let rows = lines.flatMap { line in
            [line.map { "█▀".contains($0) ? "1" : "0" }, line.map { "█▄".contains($0) ? "1" : "0" }]
        }
        let pixels = rows.flatMap { row in
            let wide = row.map { String(repeating: $0, count: scale) }.joined()
            return [String](repeating: wide, count: scale)
        }
        let text = "P1\n\(lines[0].count * scale) \(pixels.count)\n" + pixels.joined(separator: "\n") + "\n"
        return Data(text.utf8)
    }

    private func scanned(_ picture: Data) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID()).img")
        try picture.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/zbarimg")
        process.arguments = ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return String(text.dropLast())
    }
}
