import Foundation
import Primitives
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (-1000, "1969-12-31T23:59:59.000Z"),
            (-86_400_000, "1969-12-31T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"), (1_709_251_200_000, "2024-03-01T00:00:00.000Z"),
            (1_772_323_200_000, "2026-03-01T00:00:00.000Z"), (1_772_323_199_999, "2026-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"), (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
            (1_769_850_307_012, "2026-01-31T09:05:07.012Z"),
        ] as [(Int64, String)])
    func `an instant is written as RFC 3339 has it`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test func `every day of five centuries is the one that Foundation says`() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: Int64(-100_000), to: 90_000, by: 1) {
            let timestamp = Timestamp(milliseconds: day * 86_400_000 + 45_296_000)
            let date = Date(timeIntervalSince1970: Double(timestamp.milliseconds) / 1000)
            // Foundation's calendar leaves the Gregorian one before 1582; these days are all after 1696.
            guard timestamp.description == style.format(date) else {
                Issue.record("\(timestamp) is not \(style.format(date))")
                return
            }
        }
    }

    @Test(arguments: [(0, 0), (999, 0), (1000, 1), (-1, -1), (-999, -1), (-1000, -1), (-1001, -2)] as [(Int64, Int64)])
    func `seconds are rounded down`(milliseconds: Int64, seconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).seconds == seconds)
    }

    @Test(
        arguments: [(Duration.seconds(60), 60_000), (.milliseconds(-1), -1), (.microseconds(1999), 1), (.zero, 0)]
            as [(Duration, Int64)])
    func `a duration is added to the millisecond`(duration: Duration, milliseconds: Int64) {
        #expect(Timestamp(milliseconds: 5).adding(duration) == Timestamp(milliseconds: 5 + milliseconds))
    }

    @Test func `earlier comes first`() {
        let instants = [-5, -1, 0, 1, 7].map { Timestamp(milliseconds: $0) }
        #expect(instants.shuffled().sorted() == instants)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:30:45.678Z", 951_827_445_678),
        ("2026-11-21T10:00:00+01:00", 1_795_251_600_000), ("2026-11-21T10:00:00.123456789-00:30", 1_795_257_000_123),
    ])
    func `a time of RFC 3339 is read`(_ text: String, _ milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-13-21T10:00:00Z", "2026-11-21T10:00:00", "2026-11-21T10:00:00.Z",
        "2026-02-29T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z",
    ])
    func `what is no such time is not`(_ text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `what was written is read again`() {
        for milliseconds in stride(from: Int64(-60_000_000_000_000), to: 250_000_000_000_000, by: 86_399_999_877) {
            let instant = Timestamp(milliseconds: milliseconds)
            #expect(Timestamp(rfc3339: instant.description) == instant)
        }
    }
}
