import Compression
import Foundation
import Testing

@Suite struct GzipTests {
    @Test func `nothing comes to the smallest member that RFC 1952 knows, the same each time`() {
        let empty: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        for _ in 0..<2 { #expect(Gzip.compress([]) == empty) }
    }

    @Test(arguments: [1, 100, 65_536, 1_000_000]) func `gzip itself reads back what was packed`(count: Int) throws {
        var random = SystemRandomNumberGenerator()
        let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        for bytes in [[UInt8](repeating: 7, count: count), noise] {
            let packed = try #require(Gzip.compress(bytes))
            #expect(try unpacked(packed) == bytes)
        }
    }

    private func unpacked(_ packed: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "packed-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(packed).write(to: file)
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc"]
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        try process.run()
        let read = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return [UInt8](read)
    }
}
