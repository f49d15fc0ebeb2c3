import Primitives
import Testing
import TimeZones

@testable import GatewayControl

/// Paris, 2026: forward at 01:00 UTC on 29 March (02:00 becomes 03:00), back at 01:00 UTC on 25 October.
@Suite struct `Schedules by a place's clock` {
    private let paris: Zone
    private static let march29: Int64 = 20_541
    private static let october25: Int64 = 20_751

    init() throws {
        paris = try #require(ZoneFolder().zone("Europe/Paris"), "the package tzdata is missing")
    }

    /// The minutes of a day in UTC at which it is due, as `HH:MM`.
    private func due(_ text: String, _ day: Int64) throws -> [String] {
        let cron = try #require(CronExpression(text))
        return (0..<1440 as Range<Int64>).compactMap { minute in
            let instant = Timestamp(milliseconds: (day * 86_400 + minute * 60) * 1000)
            return cron.fits(instant, in: paris) ? String(instant.description.dropFirst(11).prefix(5)) : nil
        }
    }

    @Test func `the days are those on which clocks are set`() {
        #expect(Timestamp(milliseconds: Self.march29 * 86_400_000).description.hasPrefix("2026-03-29"))
        #expect(Timestamp(milliseconds: Self.october25 * 86_400_000).description.hasPrefix("2026-10-25"))
    }

    @Test(
        arguments: [
            ("30 9 * * *", march29 - 1, ["08:30"]), ("30 9 * * *", march29, ["07:30"]),
            ("0 0 * * *", march29, ["22:00"]), ("15 1 29 3 *", march29, ["00:15"]),
        ] as [(String, Int64, [String])])
    func `it is due by the local time of the day`(_ text: String, _ day: Int64, _ expected: [String]) throws {
        #expect(try due(text, day) == expected)
    }

    @Test func `what was meant in the hour left out is due at once, and just once`() throws {
        #expect(try due("30 2 * * *", Self.march29) == ["01:00"])
        #expect(try due("*/20 2 * * *", Self.march29) == ["01:00"])
        #expect(try due("0 3 * * *", Self.march29) == ["01:00"])
    }

    @Test func `what was meant in the hour that comes twice is due the first time`() throws {
        #expect(try due("30 2 * * *", Self.october25) == ["00:30"])
        #expect(try due("0 3 * * *", Self.october25) == ["02:00"])
    }

    @Test(arguments: [march29, october25])
    func `a rule for any hour goes by the minute alone`(_ day: Int64) throws {
        #expect(try due("5 * * * *", day).count == 24)
        #expect(try due("* * * * *", day).count == 1440)
    }
}

@Suite struct TraceParentTests {
    @Test(arguments: [
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more",
    ])
    func `one that follows the specification is logged`(_ text: String) {
        #expect(TraceParent.isValid(text))
    }

    @Test(arguments: [
        "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
    ])
    func `anything else is not`(_ text: String) {
        #expect(!TraceParent.isValid(text))
    }
}
