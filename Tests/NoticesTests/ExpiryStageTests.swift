import AccountsDomain
import Primitives
import Testing

@Suite struct ExpiryStageTests {
    private static let now = HeldClock.start
    private static let day: Int64 = 86_400_000

    @Test(
        arguments: [
            (14 * day + 1, nil), (14 * day, .fortnight), (7 * day + 1, .fortnight), (7 * day, .week), (day + 1, .week),
            (day, .day), (1, .day), (0, .over), (-400 * day, .over),
        ] as [(Int64, ExpiryStage?)])
    func `the stage follows from what is left`(left: Int64, stage: ExpiryStage?) {
        let end = Timestamp(milliseconds: Self.now.milliseconds + left)
        #expect(ExpiryStage.of(expiresAt: end, at: Self.now) == stage)
    }

    @Test func `each stage replaces those that were missed before it`() {
        #expect(ExpiryStage.over.earlier == [.day, .week, .fortnight])
        #expect(ExpiryStage.fortnight.earlier.isEmpty)
        #expect(ExpiryStage.fortnight.next == .week)
        #expect(ExpiryStage.over.next == nil)
    }
}
