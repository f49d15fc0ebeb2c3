import Compression
import Synchronization

/// What a page's content comes to as gzip, made when it is first asked for and kept as long as the page.
final class PackedBody: Sendable {
    private enum State {
        case unknown
        case worthless
        case packed([UInt8])
    }

    private let state = Mutex(State.unknown)

    /// The packed content of `body`, which is always the same one; `nil` where packing would not make it smaller.
    func bytes(of body: [UInt8]) -> [UInt8]? {
        state.withLock { state in
            if case .unknown = state { state = Self.packed(body) }
            guard case .packed(let bytes) = state else { return nil }
            return bytes
        }
    }

    private static func packed(_ body: [UInt8]) -> State {
        guard let packed = Gzip.compress(body), packed.count < body.count else { return .worthless }
        return .packed(packed)
    }
}
