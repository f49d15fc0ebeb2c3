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
        case head(HeadDecoder)
        case awaitingAdmission(ContentLength)
        case fixed(remaining: Int, body: [UInt8])
        case dropping(remaining: Int)
        case chunked(ChunkedDecoder)
        case failed
    }

    private let limits: HTTPLimits
    private var state: State

    init(_ limits: HTTPLimits) {
        self.limits = limits
        state = .head(HeadDecoder(limits))
    }

    /// True between two requests.
    var isIdle: Bool {
        guard case .head(let decoder) = state else { return false }
        return decoder.isIdle
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
        case .none: state = .fixed(remaining: 0, body: [])
        case .fixed(let length) where length <= bodyLimit: state = .fixed(remaining: length, body: [])
        case .fixed:
            state = .failed
            return .bodyTooLong
        case .chunked:
            state = .chunked(ChunkedDecoder(bodyLimit: bodyLimit, overheadLimit: limits.headBytes))
        }
        return nil
    }

    /// Drops the content of the head just seen; false where it is too long for that, or of unknown length.
    mutating func discard() -> Bool {
        guard case .awaitingAdmission(let content) = state else { return false }
        switch content {
        case .none: state = .dropping(remaining: 0)
        case .fixed(let length) where length <= limits.discardedBody: state = .dropping(remaining: length)
        case .fixed, .chunked:
            state = .failed
            return false
        }
        return true
    }

    private mutating func advance(_ input: Span<UInt8>, _ position: inout Int) throws(Refusal) -> Step {
        switch state {
        case .head(var decoder):
            state = .failed
            return try advanceHead(&decoder, input, &position)
        case .fixed(let remaining, var body):
            state = .failed
            return advanceFixed(remaining, &body, input, &position)
        case .dropping(let remaining):
            let count = min(remaining, input.count - position)
            position += count
            return count == remaining ? finish([]) : wait(.dropping(remaining: remaining - count))
        case .chunked(var decoder):
            state = .failed
            return try decoder.take(input, &position) ? finish(decoder.body) : wait(.chunked(decoder))
        case .awaitingAdmission, .failed:
            return .needsMore
        }
    }

    private mutating func advanceHead(
        _ decoder: inout HeadDecoder, _ input: Span<UInt8>, _ position: inout Int
    ) throws(Refusal) -> Step {
        guard let found = try decoder.next(input.extracting(position..<input.count)) else {
            return wait(.head(decoder))
        }
        position += found.length
        state = .awaitingAdmission(found.head.content)
        return .head(found.head)
    }

    private mutating func advanceFixed(
        _ remaining: Int, _ body: inout [UInt8], _ input: Span<UInt8>, _ position: inout Int
    ) -> Step {
        let count = min(remaining, input.count - position)
        if count == remaining, body.isEmpty {
            position += count
            return finish(input.copy(position - count..<position))
        }
        if body.isEmpty { body.reserveCapacity(min(remaining, limits.discardedBody)) }
        unsafe input.extracting(position..<position + count).withUnsafeBufferPointer {
            unsafe body.append(contentsOf: $0)
        }
        position += count
        return count == remaining ? finish(body) : wait(.fixed(remaining: remaining - count, body: body))
    }

    private mutating func finish(_ body: [UInt8]) -> Step {
        state = .head(HeadDecoder(limits))
        return .content(body)
    }

    private mutating func wait(_ state: State) -> Step {
        self.state = state
        return .needsMore
    }
}
