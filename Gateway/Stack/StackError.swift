/// Why a stack file cannot be used: one sentence, and the line it is about.
package struct StackError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1; 0 where the whole file is at fault.
    package let line: Int
    /// What is wrong there.
    package let reason: Reason

    /// What can be wrong with a stack file.
    package enum Reason: Equatable, Sendable {
        /// Not YAML; libyaml's words for it.
        case syntax(String)
        /// More than the file may hold: its size, depth, or the nodes that its aliases unfold to.
        case bound(String)
        /// A `${…}` that is not closed or not of a form that is known.
        case substitution(String)
        /// A key that must be there is not.
        case missing(key: String)
        /// A key stands twice in one mapping.
        case doubled(key: String)
        /// A value is not of the kind, or outside the range, that its key asks for.
        case value(key: String, expected: String)
    }

    init(_ reason: Reason, line: Int) {
        self.reason = reason
        self.line = line
    }

    /// `line 12: functions.echo.secrets must be a list of names`.
    package var description: String {
        line > 0 ? "line \(line): \(sentence)" : sentence
    }

    private var sentence: String {
        switch reason {
        case .syntax(let problem): "not valid YAML: \(problem)"
        case .bound(let what): "too large: \(what)"
        case .substitution(let what): what
        case .missing(let key): "\(key) is missing"
        case .doubled(let key): "the key \(key) stands there twice"
        case .value(let key, let expected): "\(key) must be \(expected)"
        }
    }
}
