/// Where time zones come from.
public protocol ZoneSource: Sendable {
    /// The zone of that name; `nil` where there is none.
    func offsets(of name: String) -> (any ZoneOffsets)?
}
