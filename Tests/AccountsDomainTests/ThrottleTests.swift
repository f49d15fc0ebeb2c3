import AccountsDomain
import Primitives
import Testing

@Suite struct ThrottleTests {
    let start = Timestamp(milliseconds: 1_700_000_000_000)

    @Test func `five tries are checked, the sixth is refused for a minute`() throws {
        var throttle = Throttle()
        for failures in 1...5 {
            throttle = try checked(throttle.taking(at: start))
            #expect(throttle.failures == failures)
        }
        #expect(throttle.closedUntil == start.adding(.seconds(60)))
        #expect(throttle.taking(at: start) == .refuse(retryAfterSeconds: 60))
        #expect(throttle.taking(at: start.adding(.milliseconds(59_001))) == .refuse(retryAfterSeconds: 1))
        #expect(throttle.taking(at: start.adding(.milliseconds(59_999))) == .refuse(retryAfterSeconds: 1))
        #expect(try checked(throttle.taking(at: start.adding(.seconds(60)))).failures == 1)
    }

    @Test func `each further closure takes twice as long, fifteen minutes at most`() throws {
        var throttle = Throttle()
        var now = start
        var lengths: [Int64] = []
        for _ in 0..<8 {
            for _ in 0..<5 { throttle = try checked(throttle.taking(at: now)) }
            let end = try #require(throttle.closedUntil)
            lengths.append((end.milliseconds - now.milliseconds) / 1000)
            now = end
        }
        #expect(lengths == [60, 120, 240, 480, 900, 900, 900, 900])
    }

    @Test(arguments: [Int.min, -1, 0, 63, 64, 1000, Int.max])
    func `no stored count makes a closure shorter or longer than it may be`(closures: Int) {
        #expect(Throttle.firstClosure...Throttle.longestClosure ~= Throttle.closure(after: closures))
    }

    @Test(arguments: 1...5)
    func `a try that was no failure leaves things as they were before it`(tries: Int) throws {
        var throttle = Throttle(closures: 2)
        var before = throttle
        for _ in 0..<tries {
            before = throttle
            throttle = try checked(throttle.taking(at: start))
        }
        let after = throttle.givingBack()
        #expect(after.failures == before.failures)
        #expect(after.closures == before.closures)
        #expect(after.closedUntil == nil)
    }

    @Test func `giving back more than was taken never goes below nothing`() {
        #expect(Throttle().givingBack() == Throttle())
        #expect(Throttle(failures: 5, closures: 0, closedUntil: start).givingBack().closures == 0)
    }

    @Test func `fifty parallel wrong tries are checked five times at most`() {
        var throttle = Throttle()
        var checks = 0
        for _ in 0..<50 {
            if case .check(let next) = throttle.taking(at: start) {
                throttle = next
                checks += 1
            }
        }
        #expect(checks == 5)
    }

    /// However failures and replays with the right password are mixed, wrong tries beyond five are never checked.
    @Test(arguments: UInt64(0)..<200)
    func `replays given back do not buy wrong tries`(seed: UInt64) throws {
        let random = SeededRandom(seed << 16)
        var throttle = Throttle()
        var failures = 0
        for _ in 0..<100 {
            guard case .check(let next) = throttle.taking(at: start) else { break }
            let isReplay = random.index(below: 2) == 0
            throttle = isReplay ? next.givingBack() : next
            failures += isReplay ? 0 : 1
        }
        #expect(failures == 5)
        #expect(throttle.closedUntil == start.adding(.seconds(60)))
    }

    private func checked(_ step: Throttle.Step) throws -> Throttle {
        guard case .check(let next) = step else { throw Refused() }
        return next
    }

    private struct Refused: Error {}
}
