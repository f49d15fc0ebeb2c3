/// How fast a function answers, from its latest answers: whether it is worth while to keep a frame ready for a worker.
struct Pace {
    private var fastInARow = 0

    /// True after many answers within the millisecond, so that a call behind another waits less than waking would cost.
    var isFast: Bool { fastInARow >= 32 }

    mutating func answered(within milliseconds: Int) {
        fastInARow = milliseconds < 1 ? min(fastInARow + 1, 64) : fastInARow / 4
    }
}
