/// What an Argon2id hash costs (RFC 9106).
struct Argon2Parameters: Equatable {
    /// The memory in KiB.
    let memory: Int
    /// The number of passes over the memory.
    let passes: Int
    /// The number of lanes.
    let lanes: Int

    /// What new hashes cost (the first choice of OWASP's cheat sheet for 19 MiB).
    static let current = Argon2Parameters(memory: 19_456, passes: 2, lanes: 1)

    /// Whether a stored hash may cost this much: a tampered store must not buy minutes or gigabytes.
    var areBearable: Bool {
        (8 * lanes...65_536).contains(memory) && (1...10).contains(passes) && (1...4).contains(lanes)
    }

    /// Whether any part lies below what new hashes cost.
    var areBelowCurrent: Bool {
        memory < Self.current.memory || passes < Self.current.passes
    }
}
