import MessagesDomain
import Primitives
import Testing

@Suite struct SendRateTests {
    /// Which of the messages at these milliseconds get through.
    private func passed(_ rate: SendRate, _ times: [Int64]) -> [Int64] {
        var used: Timestamp?
        return times.filter { time in
            let now = Timestamp(milliseconds: time)
            if let used, used > rate.latest(at: now) { return false }
            used = rate.next(after: used, at: now)
            return true
        }
    }

    @Test func `lets a burst through, then one each second`() {
        let rate = SendRate(interval: .seconds(1), burst: 10)
        #expect(passed(rate, Array(repeating: 0, count: 30)).count == 10)
        let everySoOften = (0..<300).map { Int64($0) * 100 }
        #expect(passed(rate, everySoOften).count == 10 + 29)
        #expect(passed(rate, Array(repeating: 0, count: 20) + Array(repeating: 5000, count: 20)).count == 15)
        #expect(passed(rate, (0..<100).map { Int64($0) * 1000 }).count == 100)
    }

    @Test func `never lets more through in any span than its rate and one burst`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            let rate = SendRate(
                interval: .milliseconds(Int.random(in: 1...2000, using: &random)),
                burst: Int.random(in: 1...20, using: &random))
            let times = (0..<200).map { _ in Int64.random(in: 0...20_000, using: &random) }.sorted()
            let through = passed(rate, times)
            let interval = Int64(rate.interval / .milliseconds(1))
            for (index, first) in through.enumerated() {
                for (count, last) in through[index...].enumerated() {
                    #expect(Int64(count) <= (last - first) / interval + Int64(rate.burst))
                }
            }
        }
    }

    @Test func `says how long to wait, and keeps its word`() {
        let rate = SendRate(5, in: .seconds(60))
        var used: Timestamp?
        let start = Timestamp(milliseconds: 0)
        for _ in 0..<5 { used = rate.next(after: used, at: start) }
        let full = used ?? start
        #expect(full > rate.latest(at: start))
        let wait = rate.wait(after: full, at: start)
        #expect(wait == 12)
        #expect(full <= rate.latest(at: start.adding(.seconds(wait))))
        #expect(full > rate.latest(at: start.adding(.seconds(wait - 1))))
    }
}
