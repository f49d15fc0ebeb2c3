import Platform
import Primitives

/// A call that is held open for the events of some channels.
protocol Hold: AnyObject {
    var channels: [String] { get }
    /// Everything up to here has been dealt with.
    var position: EventPosition { get }
    /// When it ends by itself.
    var deadline: Instant { get }
    /// True once nobody waits for it.
    var isOver: Bool { get }

    /// Deals with an event of one of its channels; one at or before its position is none of its business.
    func take(_ event: LiveEvent)

    /// What lies before a position cannot be had.
    func skip(to position: EventPosition)

    /// Nothing but the passing of time: everything up to a position has been dealt with.
    func idle(at position: EventPosition)

    /// Ends it in an orderly way.
    func finish()
}
