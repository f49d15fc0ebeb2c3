import Primitives
import Testing

@testable import BackupJob

@Suite struct RetentionTests {
    /// 2026-11-21T09:50:00Z
    private let now = Timestamp(milliseconds: 1_795_254_600_000)

    @Test(arguments: ["", "0", "-1", "0d", "d", "1w", "1.5", "x"])
    func `what is neither a number nor a number of days is refused`(_ text: String) {
        #expect(Retention(text) == nil)
    }

    @Test func `a number keeps the newest`() {
        let sets = (1...5).map { set(day: $0) }
        #expect(Retention("2")?.expired(sets, at: now) == Array(sets[..<3]))
        #expect(Retention("5")?.expired(sets, at: now) == [])
        #expect(Retention("9")?.expired(sets, at: now) == [])
    }

    @Test func `days keep what is younger, and the newest in any case`() {
        let sets = [1, 10, 20].map { set(day: $0) }
        #expect(Retention("5d")?.expired(sets, at: now) == Array(sets[..<2]))
        #expect(Retention("15d")?.expired(sets, at: now) == [sets[0]])
        #expect(Retention("5d")?.expired(Array(sets[..<1]), at: now) == [])
    }

    @Test func `what a crash left goes after a day, and only beside a whole one`() {
        let broken = set(day: 19, isComplete: false)
        let young = set(day: 21, isComplete: false)
        #expect(Retention("5")?.expired([set(day: 1), broken, young], at: now) == [broken])
        #expect(Retention("5")?.expired([broken, young], at: now) == [])
    }

    private func set(day: Int, isComplete: Bool = true) -> BackupSet {
        let name = "backup-202611\(day < 10 ? "0" : "")\(day)T000000Z-01234567"
        return BackupSet(name: name, isComplete: isComplete, bytes: 1, files: [])
    }
}
