import Foundation
import PlayersDomain
import PlayersTimeZones
import Testing

@Suite struct TimeZoneTests {
    @Test(arguments: [
        "Europe/Paris", "America/New_York", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe",
        "Africa/Casablanca", "Europe/Dublin", "Pacific/Chatham", "America/Nuuk", "Asia/Tokyo", "UTC",
        "America/Santiago",
        "Africa/Cairo", "Pacific/Apia", "Asia/Gaza", "Etc/GMT-14",
    ])
    func `a zone is as far from UTC as another reader says`(name: String) throws {
        let zone = try #require(TimeZoneFolder().zone(name))
        var numbers = SeededNumbers(7)
        let seconds = (0..<600).map { _ in Int64.random(in: 0...4_000_000_000, using: &numbers) }
        let expected = try PythonScript.run("offsets.py", seconds.map { "\(name) \($0)" })
        #expect(seconds.map { String(zone.spans(from: $0, until: $0 + 1)[0].offset) } == expected)
    }

    @Test func `stretches follow each other without a hole`() throws {
        let zone = try #require(TimeZoneFolder().zone("Europe/Paris"))
        let spans = zone.spans(from: 1_767_225_600, until: 1_798_761_600)
        #expect(spans.map(\.offset) == [3600, 7200, 3600])
        #expect(spans.first?.start == 1_767_225_600 && spans.last?.end == 1_798_761_600)
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end == $1.start })
        #expect(spans[1].start == 1_774_746_000)
    }

    @Test(arguments: [
        "", "/etc/passwd", "../passwd", "Europe/../Europe/Paris", "Europe", "Europe/Atlantis", "posix/Europe/Paris",
        "zone.tab", "Europe//Paris", "Europe/Paris\0", "tzdata.zi", "europe/paris", "Europe/Paris/",
    ])
    func `what names no zone is none`(name: String) {
        #expect(TimeZoneFolder().zone(name) == nil)
    }

    @Test func `a file cut anywhere, or changed anywhere, is refused or read, never a crash`() throws {
        let file = try Self.file("America/New_York")
        for length in 0..<file.count { #expect(PlayersTimeZones.TimeZone(parsing: Array(file.prefix(length))) == nil) }
        var numbers = SeededNumbers(8)
        for _ in 0..<2000 {
            var changed = file
            for _ in 0..<3 {
                changed[Int.random(in: 0..<file.count, using: &numbers)] = .random(in: 0...255, using: &numbers)
            }
            if let zone = PlayersTimeZones.TimeZone(parsing: changed) {
                #expect(!zone.spans(from: 0, until: 86_400).isEmpty)
            }
        }
    }

    private static func file(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)))
    }
}
