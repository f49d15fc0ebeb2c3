public import Primitives

/// What decides whether two players may talk.
public enum Tie: Hashable, Sendable {
    /// They play together.
    case teammates
    /// Either has blocked the other; with when they parted, where they were teammates or asked to be.
    case blocked(since: Timestamp?)
    /// Neither.
    case none
}
