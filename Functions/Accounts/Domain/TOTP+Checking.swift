public import Primitives

extension TOTP {
    /// What a typed code turned out to be.
    public enum Verdict: Equatable, Sendable {
        /// Right and unused; `step` is to be stored as the last accepted one, on condition that it still is later.
        case accepted(step: Int64)
        /// Right, but for a step at or before the last accepted one.
        case replayed
        /// Not the code of any step within the drift, or not six ASCII digits.
        case wrong
    }

    /// Judges `code` at `now`, with `lastStep` the last accepted step under this secret (`nil`: none yet).
    ///
    /// All steps are computed and compared in full, so that the time taken does not tell which one was near.
    public func verdict(on code: String, at now: Timestamp, after lastStep: Int64?) -> Verdict {
        let present = Self.step(at: now)
        let typed = Array(code.utf8)
        guard typed.count == Self.digits, typed.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            return .wrong
        }
        let matching = (present - Self.drift...present + Self.drift)
            .map { (step: $0, matches: Self.agree(Array(self.code($0).utf8), typed)) }
            .filter(\.matches)
        guard !matching.isEmpty else { return .wrong }
        let unused = matching.first { lastStep == nil || $0.step > lastStep ?? $0.step }
        return unused.map { .accepted(step: $0.step) } ?? .replayed
    }

    /// The step that `code` is accepted for; `nil` where it is wrong or replayed.
    public func acceptedStep(_ code: String, at now: Timestamp, after lastStep: Int64?) -> Int64? {
        if case .accepted(let step) = verdict(on: code, at: now, after: lastStep) { step } else { nil }
    }

    private static func agree(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
