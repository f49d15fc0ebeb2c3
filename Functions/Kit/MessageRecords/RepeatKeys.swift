import Primitives

/// The keys of conversations' keyed hashes as they were last opened; forgotten within a minute, as data keys are.
final class RepeatKeys {
    private static let life: Duration = .seconds(60)
    private static let most = 5000
    private var known: [UniqueID: (key: [UInt8], until: ContinuousClock.Instant)] = [:]

    /// The key of a conversation, opened by `open` where it was not within the last minute.
    func key<Failure: Error>(
        of conversation: UniqueID, _ open: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> [UInt8] {
        let now = ContinuousClock.now
        if let entry = known[conversation], entry.until > now { return entry.key }
        let key = try open()
        if known.count >= Self.most { known.removeAll() }
        known[conversation] = (key, now + Self.life)
        return key
    }
}
