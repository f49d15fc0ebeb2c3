import Runtime

/// How long a call may go on beginning new batches, so that its answer comes before the deadline.
struct TimeBudget {
    private static let lastBatch: Duration = .seconds(3)
    private static let withoutDeadline: Duration = .seconds(60)

    private let end: ContinuousClock.Instant

    init(_ context: Context) {
        let left = context.millisecondsLeft.map { Duration.milliseconds($0) - Self.lastBatch }
        end = .now + (left ?? Self.withoutDeadline)
    }

    var isOver: Bool {
        .now >= end
    }
}
