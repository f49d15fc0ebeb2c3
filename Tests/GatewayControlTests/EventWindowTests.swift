import JSON
import Platform
import Primitives
import Testing

@testable import GatewayControl

@Suite struct EventWindowTests {
    private static func position(_ number: Int) -> EventPosition {
        EventPosition(seconds: 100, increment: UInt32(number), index: 1)
    }

    private static func batch(_ numbers: ClosedRange<Int>, _ channels: [String] = ["a"]) -> EventBatch {
        EventBatch(
            numbers.map { LiveEvent(position($0), channels: channels, type: "message", data: JSONObject()) },
            from: position(numbers.lowerBound - 1), to: position(numbers.upperBound))
    }

    private static func numbers(_ window: EventWindow, after number: Int, on channels: [String] = ["a"]) -> [UInt32] {
        window.events(after: position(number), on: channels).map(\.position.increment)
    }

    @Test func `events come by channel, in order, none twice`() {
        var window = EventWindow(from: Self.position(0))
        window.append(Self.batch(1...3, ["a", "b"]), at: Instant(nanoseconds: 0))
        window.append(Self.batch(4...5, ["b"]), at: Instant(nanoseconds: 0))
        window.append(Self.batch(4...6, ["a"]), at: Instant(nanoseconds: 0))
        #expect(Self.numbers(window, after: 0, on: ["a", "b"]) == [1, 2, 3, 4, 5, 6])
        #expect(Self.numbers(window, after: 2, on: ["a"]) == [3, 6])
        #expect(Self.numbers(window, after: 9, on: ["a", "b"]) == [])
        #expect(Self.numbers(window, after: 0, on: ["c"]) == [])
    }

    @Test func `what is older than its memory leaves, and the floor says from where on nothing is missing`() {
        var window = EventWindow(from: Self.position(0))
        window.append(Self.batch(1...3), at: Instant(nanoseconds: 0))
        let later = Instant(nanoseconds: 0).adding(milliseconds: EventWindow.memory - 1)
        window.append(Self.batch(4...5), at: later)
        #expect(window.floor == Self.position(0) && window.count == 5)
        window.append(Self.batch(6...6), at: later.adding(milliseconds: 1))
        #expect(window.floor == Self.position(3) && window.count == 3)
        #expect(Self.numbers(window, after: 3) == [4, 5, 6])
    }

    @Test func `older events are put in front where they reach what there is`() {
        var window = EventWindow(from: Self.position(4))
        window.append(Self.batch(5...6), at: Instant(nanoseconds: 0))
        window.prepend(Self.batch(1...3))
        #expect(window.floor == Self.position(4))
        window.prepend(Self.batch(2...4))
        #expect(window.floor == Self.position(1))
        #expect(Self.numbers(window, after: 1) == [2, 3, 4, 5, 6])
    }

    @Test func `no more events are kept than may be`() {
        var window = EventWindow(from: Self.position(0))
        window.append(Self.batch(1...(EventWindow.mostEvents + 10)), at: Instant(nanoseconds: 0))
        #expect(window.count == EventWindow.mostEvents && window.floor == Self.position(10))
    }
}
