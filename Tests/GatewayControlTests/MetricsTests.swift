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

    @Test(arguments: [
        "", "+", "=", "name", "name+", "name=x", "name+1.5", ",,,", "name=99999999999999999999",
        "~", "name~1", "a:b:c~1", "a:~1", "a:b~x", "a:b~-1",
    ])
    func `what cannot be read counts nothing`(value: String) {
        let metrics = Metrics()
        metrics.take(value)
        #expect(metrics.events.isEmpty && metrics.gauges.isEmpty && metrics.timings.isEmpty)
    }

    @Test func `a function cannot fill the memory with names`() {
        let metrics = Metrics()
        for number in 0..<1000 { metrics.take("name\(number)+1,gauge\(number)=1") }
        #expect(metrics.events.count == 200 && metrics.gauges.count == 200)
    }

    @Test func `a time is kept under its name and outcome`() {
        let metrics = Metrics()
        metrics.take("password_hash:proven~13000,password_hash:refused~21000")
        metrics.take("password_hash:proven~7000")
        let times = metrics.timings["password_hash"] ?? [:]
        #expect(times["proven"]?.count == 2 && times["proven"]?.seconds == 0.02)
        #expect(times["refused"]?.count == 1 && times["refused"]?.buckets[2] == 1)
    }

    @Test func `a function cannot fill the memory with times`() {
        let metrics = Metrics()
        for number in 0..<100 { metrics.take("name\(number):a~1,name:outcome\(number)~1") }
        #expect(metrics.timings.count == 10 && metrics.timings.values.allSatisfy { $0.count <= 10 })
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
