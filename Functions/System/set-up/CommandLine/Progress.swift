import Platform

/// Tells on standard output which step is being done, and how long each took.
final class Progress {
    private let count: Int
    private var number = 0
    private var began = Instant.now
    private var lineIsOpen = false

    init(steps count: Int) {
        self.count = count
    }

    /// Begins the next step, on a line of its own where another program may speak meanwhile.
    func step(_ what: String, speaksItself: Bool = false) {
        finish()
        number += 1
        began = .now
        lineIsOpen = true
        write("[\(number)/\(count)] \(what) …\(speaksItself ? "\n     " : "")")
    }

    /// Ends the step at hand, with what came of it.
    func finish(_ result: String = "") {
        guard lineIsOpen else { return }
        lineIsOpen = false
        let tenths = (Instant.now.milliseconds(since: began) + 50) / 100
        write(" \(result.isEmpty ? "" : result + ", ")\(tenths / 10).\(tenths % 10) s\n")
    }

    /// Shows that the step at hand still goes on.
    func tick() {
        if lineIsOpen { write(".") }
    }

    /// Breaks off the step at hand.
    func abandon() {
        if lineIsOpen { write("\n") }
        lineIsOpen = false
    }

    /// Says something between the steps.
    func say(_ text: String) {
        abandon()
        write(text + "\n")
    }

    private func write(_ text: String) {
        StandardStream.output.write(text)
    }
}
