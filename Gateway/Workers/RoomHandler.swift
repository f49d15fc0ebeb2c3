import GatewayEventLoop

/// Told by the loop that a full pipe takes bytes again.
final class RoomHandler: ReadinessHandler {
    private let action: () -> Void

    init(_ action: @escaping () -> Void) {
        self.action = action
    }

    func ready(_ readiness: Readiness) {
        action()
    }
}
