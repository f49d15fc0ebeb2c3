import Platform

/// Tells which step is being done, and how long each took.
final class Progress {
    private let count: Int
    private var number = 0
    private var began = Instant.now
    private var isOpen = false
    private var isAlone = false

    private let stream: StandardStream

    init(steps count: Int, on stream: StandardStream = .output) {
        self.count = count
        self.stream = stream
    }

    /// Begins the next step, with a line to itself where another program may speak before it is done.
    func step(_ what: String, aloneOnLine: Bool = false) {
        finish()
        number += 1
        began = .now
        isOpen = true
        isAlone = aloneOnLine
        write("[\(number)/\(count)] \(what) …\(aloneOnLine ? "\n" : "")")
    }

    /// Ends the step at hand, with what came of it.
    func finish(_ result: String = "") {
        guard isOpen else { return }
        isOpen = false
        let tenths = (Instant.now.milliseconds(since: began) + 50) / 100
        write("\(isAlone ? "     " : "") \(result.isEmpty ? "" : result + ", ")\(tenths / 10).\(tenths % 10) s\n")
    }

    /// Shows that the step at hand still goes on.
    func tick() {
        if isOpen, !isAlone { write(".") }
    }

    /// Breaks off the step at hand.
    func abandon() {
        if isOpen, !isAlone { write("\n") }
        isOpen = false
    }

    /// Says something between the steps.
    func say(_ text: String) {
        abandon()
        write(text + "\n")
    }

    private func write(_ text: String) {
        stream.write(text)
    }
}
