import Testing
import Wire

@testable import GatewayControl

@Suite struct `Counting and setting` {
    @Test func `a function's field counts and sets`() {
        let metrics = Metrics()
        metrics.take("handout.replayed+1,queue_depth=7")
        metrics.take("handout.replayed+2")
        metrics.take("queue_depth=3")
        #expect(metrics.events == ["handout_replayed": 3])
        #expect(metrics.gauges == ["queue_depth": 3])
    }

    @Test(arguments: ["", "+", "=", "name", "name+", "name=x", "name+1.5", ",,,", "name=99999999999999999999"])
    func `what cannot be read counts nothing`(value: String) {
        let metrics = Metrics()
        metrics.take(value)
        #expect(metrics.events.isEmpty && metrics.gauges.isEmpty)
    }

    @Test func `a function cannot fill the memory with names`() {
        let metrics = Metrics()
        for number in 0..<1000 { metrics.take("name\(number)+1,gauge\(number)=1") }
        #expect(metrics.events.count == 200 && metrics.gauges.count == 200)
    }

    @Test func `names cannot break out of their line`() {
        let metrics = Metrics()
        metrics.take("a\"} 5\nb+1")
        #expect(metrics.events == ["a___5_b": 1])
    }

    @Test func `the histogram's buckets add up`() {
        let metrics = Metrics()
        let figures = metrics.figures(of: "echo")
        for seconds in [0.001, 0.02, 0.02, 0.3, 42] {
            figures.began()
            figures.ended(200, seconds: seconds)
        }
        #expect(figures.started == 5)
        #expect(figures.calls[200]?.count == 5)
        #expect(figures.calls[200]?.buckets == [1, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0])
    }
}
