import PlayersDomain
import PlayersTimeZones
import Primitives
import Testing

@Suite struct WeekHoursTests {
    /// The Monday of the week, in days since the epoch: 2026-01-05 is day 20458.
    private static let firstMonday: Int64 = 20_458

    private func hours(_ windows: [LocalWindow?], _ zone: String, weeksLater weeks: Int64 = 0) throws -> WeekHours {
        let zone = try #require(TimeZoneFolder().zone(zone))
        let now = Timestamp(milliseconds: (Self.firstMonday + weeks * 7 + 3) * 86_400_000)
        return WeekHours(windows.compactMap { $0 }, in: zone, at: now)
    }

    private func list(_ hours: WeekHours) -> [Int] {
        (0..<WeekHours.count).filter(hours.contains)
    }

    @Test(arguments: [(8, 20), (10, 10), (13, 20)] as [(Int64, Int)])
    func `evenings in Paris meet afternoons in New York by the clocks of the week`(week: Int64, overlap: Int) throws {
        let days = Weekday.allCases.prefix(5)
        let paris = try hours(
            days.map { LocalWindow(day: $0, from: "20:00", to: "22:00") }, "Europe/Paris", weeksLater: week)
        let newYork = try hours(
            days.map { LocalWindow(day: $0, from: "14:00", to: "16:00") }, "America/New_York", weeksLater: week)
        #expect(paris.overlap(with: newYork) == overlap)
    }

    @Test func `a zone of quarter hours counts the half hours that are covered whole`() throws {
        let monday = LocalWindow(day: .monday, from: "20:00", to: "22:00")
        #expect(list(try hours([monday], "Asia/Kathmandu")) == [29, 30, 31])
        let paris = LocalWindow(day: .monday, from: "20:15", to: "21:30")
        #expect(list(try hours([paris], "Europe/Paris")) == [39, 40])
    }

    @Test func `two windows that touch within a half hour cover it together`() throws {
        let windows = [
            LocalWindow(day: .monday, from: "20:00", to: "20:15"),
            LocalWindow(day: .monday, from: "20:15", to: "20:30"),
        ]
        #expect(list(try hours(windows, "UTC")) == [40])
        let over = [
            LocalWindow(day: .sunday, from: "23:30", to: "00:15"),
            LocalWindow(day: .monday, from: "00:15", to: "00:30"),
        ]
        #expect(list(try hours(over, "UTC")) == [0, 335])
    }

    @Test func `Sunday night runs into Monday`() throws {
        let night = LocalWindow(day: .sunday, from: "23:00", to: "01:00")
        #expect(list(try hours([night], "UTC")) == [0, 1, 334, 335])
        let early = LocalWindow(day: .monday, from: "00:00", to: "01:00")
        #expect(list(try hours([early], "Asia/Tokyo")) == [318, 319])
        let late = LocalWindow(day: .sunday, from: "22:00", to: "24:00")
        #expect(list(try hours([late], "America/Los_Angeles")) == [12, 13, 14, 15])
    }

    @Test func `a local time that is left out is the instant of the change`() throws {
        let missing = LocalWindow(day: .sunday, from: "02:00", to: "03:30")
        #expect(list(try hours([missing], "Europe/Paris", weeksLater: 11)) == [290])
        let inside = LocalWindow(day: .sunday, from: "02:10", to: "02:50")
        #expect(list(try hours([inside], "Europe/Paris", weeksLater: 11)).isEmpty)
        let usual = LocalWindow(day: .sunday, from: "02:00", to: "03:30")
        #expect(list(try hours([usual], "Europe/Paris", weeksLater: 10)) == [290, 291, 292])
    }

    @Test func `of a local time that comes twice the first begins and the last ends`() throws {
        let twice = LocalWindow(day: .sunday, from: "02:00", to: "02:30")
        #expect(list(try hours([twice], "Europe/Paris", weeksLater: 41)) == [288, 289, 290])
    }

    @Test(arguments: [
        ("20:00", "20:00"), ("24:00", "01:00"), ("20:60", "21:00"), ("8:00", "9:00"), ("20:00", "24:01"),
        ("2a:00", "21:00"),
        ("00:00", "25:00"), ("-1:00", "02:00"), ("", ""),
    ])
    func `what is not a window is refused`(from: String, to: String) {
        #expect(LocalWindow(day: .monday, from: from, to: to) == nil)
    }

    @Test func `a window gives its times back as they came`() throws {
        let window = try #require(LocalWindow(day: .friday, from: "09:05", to: "24:00"))
        #expect(window.fromText == "09:05" && window.toText == "24:00")
        #expect(list(try hours([LocalWindow(day: .monday, from: "00:00", to: "24:00")], "UTC")).count == 48)
    }
}
