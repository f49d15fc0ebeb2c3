import Primitives
import Testing

@testable import GatewayControl

@Suite struct `Cron expressions` {
    /// 2026-03-01 is a Sunday.
    private func instant(_ day: Int64, _ hour: Int64, _ minute: Int64) -> Timestamp {
        Timestamp(milliseconds: ((20_513 + day - 1) * 86_400 + hour * 3600 + minute * 60) * 1000)
    }

    @Test func `the days are counted from where the test thinks`() {
        #expect(instant(1, 3, 4).description == "2026-03-01T03:04:00.000Z")
    }

    @Test(
        arguments: [
            ("* * * * *", 1, 0, 0, true),
            ("0 3 * * *", 1, 3, 0, true),
            ("0 3 * * *", 1, 3, 1, false),
            ("0 3 * * *", 1, 4, 0, false),
            ("*/15 * * * *", 1, 9, 45, true),
            ("*/15 * * * *", 1, 9, 46, false),
            ("5-9,20 * * * *", 1, 9, 7, true),
            ("5-9,20 * * * *", 1, 9, 20, true),
            ("5-9,20 * * * *", 1, 9, 10, false),
            ("10/20 * * * *", 1, 9, 50, true),
            ("0 0 * * 0", 1, 0, 0, true),
            ("0 0 * * 7", 1, 0, 0, true),
            ("0 0 * * sun", 1, 0, 0, true),
            ("0 0 * * mon-fri", 1, 0, 0, false),
            ("0 0 * * mon-fri", 2, 0, 0, true),
            ("0 0 1 * *", 1, 0, 0, true),
            ("0 0 2 * *", 1, 0, 0, false),
            ("0 0 * mar *", 1, 0, 0, true),
            ("0 0 * apr *", 1, 0, 0, false),
            ("@daily", 4, 0, 0, true),
            ("@weekly", 4, 0, 0, false),
            ("@midnight", 4, 0, 0, true),
            ("@annually", 4, 0, 0, false),
            ("0 0 ? * sun", 1, 0, 0, true),
            ("0 0 ? * sun", 2, 0, 0, false),
            ("0 0 1 * ?", 1, 0, 0, true),
        ] as [(String, Int64, Int64, Int64, Bool)])
    func `a minute fits or does not`(text: String, day: Int64, hour: Int64, minute: Int64, fits: Bool) throws {
        let expression = try #require(CronExpression(text))
        #expect(expression.fits(instant(day, hour, minute)) == fits)
    }

    @Test func `of two restricted days either is enough`() throws {
        let expression = try #require(CronExpression("0 0 13 * fri"))
        #expect(expression.fits(instant(13, 0, 0)))
        #expect(expression.fits(instant(6, 0, 0)))
        #expect(!expression.fits(instant(7, 0, 0)))
    }

    @Test func `a day that begins with a star restricts the other one`() throws {
        let expression = try #require(CronExpression("0 0 */2 * sun"))
        #expect(expression.fits(instant(1, 0, 0)))
        #expect(!expression.fits(instant(3, 0, 0)))
        #expect(!expression.fits(instant(8, 0, 0)))
        #expect(expression.fits(instant(15, 0, 0)))
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8",
        "5-3 * * * *", "*/0 * * * *", "a * * * *", "1, * * * *", "1-2-3 * * * *", "-1 * * * *", "@never",
    ])
    func `what cannot be read is refused`(text: String) {
        #expect(CronExpression(text) == nil)
    }
}
