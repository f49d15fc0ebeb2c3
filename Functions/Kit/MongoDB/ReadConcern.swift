/// How settled what a read sees must be.
public enum ReadConcern: String, Sendable {
    /// The member's newest, which a failover may take back.
    case local
    /// What a majority of the members have.
    case majority
    /// What a majority have, and nothing older than what was acknowledged before the read.
    case linearizable
}
