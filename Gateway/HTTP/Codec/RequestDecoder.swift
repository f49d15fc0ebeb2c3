/// Takes requests out of a connection's bytes: a state machine without I/O or clock (RFC 9112).
///
/// After `.head` the caller says `admit` or `discard` before it goes on; after `.refuse` nothing more can be read.
struct RequestDecoder {
    /// What the bytes amount to.
    enum Step {
        /// Everything usable was taken; more bytes are needed.
        case needsMore
        /// A head is whole; its content, if any, comes after `admit` or `discard`.
        case head(RequestHead)
        /// The content is whole, and with it the request.
        case content([UInt8])
        /// The bytes are not a request that is served here, and where the next one begins is not known.
        case refuse(Refusal)
    }

    private enum State {
        case head
        case awaitingAdmission(ContentLength)
        case fixed(remaining: Int)
        case dropping(remaining: Int)
        case chunked
        case failed
    }

    private var state = State.head
    private var headDecoder: HeadDecoder
    private var body: [UInt8] = []
    private var chunks: ChunkedDecoder?
    private let overheadLimit: Int
    private let dropLimit: Int

    init(_ limits: HTTPLimits) {
        headDecoder = HeadDecoder(limits)
        overheadLimit = limits.headBytes
        dropLimit = limits.discardedBody
    }

    /// True between two requests.
    var isIdle: Bool {
        if case .head = state { headDecoder.isIdle } else { false }
    }

    /// True where a head was seen whole, but not its content.
    var isInContent: Bool {
        switch state {
        case .head, .failed: false
        case .awaitingAdmission, .fixed, .dropping, .chunked: true
        }
    }

    /// Goes on with the bytes from `position` on, and moves it past what need not be shown again.
    mutating func next(_ input: Span<UInt8>, _ position: inout Int) -> Step {
        do throws(Refusal) {
            return try advance(input, &position)
        } catch {
            state = .failed
            return .refuse(error)
        }
    }

    /// Lets the content of the head just seen come, at most `bodyLimit` bytes; the refusal where it says it is longer.
    mutating func admit(bodyLimit: Int) -> Refusal? {
        guard case .awaitingAdmission(let content) = state else { return nil }
        switch content {
        case .none: state = .fixed(remaining: 0)
        case .fixed(let length) where length <= bodyLimit: state = .fixed(remaining: length)
        case .fixed:
            state = .failed
            return .bodyTooLong
        case .chunked:
            state = .chunked
            chunks = ChunkedDecoder(bodyLimit: bodyLimit, overheadLimit: overheadLimit)
        }
        return nil
    }

    /// Drops the content of the head just seen; false where it is too long for that, or of unknown length.
    mutating func discard() -> Bool {
        guard case .awaitingAdmission(let content) = state else { return false }
        switch content {
        case .none: state = .dropping(remaining: 0)
        case .fixed(let length) where length <= dropLimit: state = .dropping(remaining: length)
        case .fixed, .chunked:
            state = .failed
            return false
        }
        return true
    }

    private mutating func advance(_ input: Span<UInt8>, _ position: inout Int) throws(Refusal) -> Step {
        switch state {
        case .head: try advanceHead(input, &position)
        case .fixed(let remaining): advanceFixed(remaining, input, &position)
        case .dropping(let remaining): advanceDropping(remaining, input, &position)
        case .chunked: try advanceChunks(input, &position)
        case .awaitingAdmission, .failed: .needsMore
        }
    }

    private mutating func advanceHead(_ input: Span<UInt8>, _ position: inout Int) throws(Refusal) -> Step {
        guard let found = try headDecoder.next(input.extracting(position..<input.count)) else { return .needsMore }
        position += found.length
        state = .awaitingAdmission(found.head.content)
        return .head(found.head)
    }

    private mutating func advanceFixed(_ remaining: Int, _ input: Span<UInt8>, _ position: inout Int) -> Step {
        let start = position
        position += min(remaining, input.count - start)
        let left = remaining - (position - start)
        if left == 0, body.isEmpty { return finish(input.copy(start..<position)) }
        // What is announced is not allocated before it comes, beyond a small amount.
        if body.isEmpty { body.reserveCapacity(min(remaining, dropLimit)) }
        unsafe input.extracting(start..<position).withUnsafeBufferPointer { unsafe body.append(contentsOf: $0) }
        guard left == 0 else {
            state = .fixed(remaining: left)
            return .needsMore
        }
        defer { body = [] }
        return finish(body)
    }

    private mutating func advanceDropping(_ remaining: Int, _ input: Span<UInt8>, _ position: inout Int) -> Step {
        let count = min(remaining, input.count - position)
        position += count
        if count == remaining { return finish([]) }
        state = .dropping(remaining: remaining - count)
        return .needsMore
    }

    private mutating func advanceChunks(_ input: Span<UInt8>, _ position: inout Int) throws(Refusal) -> Step {
        guard try chunks?.take(input, &position) == true else { return .needsMore }
        defer { chunks = nil }
        return finish(chunks?.body ?? [])
    }

    private mutating func finish(_ body: [UInt8]) -> Step {
        state = .head
        return .content(body)
    }
}
