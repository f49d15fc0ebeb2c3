import Glibc
package import Platform
package import Wire

/// Frames on two pipes: invocations on descriptor 0, replies on what was descriptor 1 at the start.
///
/// Standard output is pointed at standard error, so that a stray print cannot break the channel.
package struct WarmSource: ~Copyable, InvocationSource {
    private let input: Descriptor
    private let output: Descriptor
    private let bodyLimit: Int
    private var buffer: [UInt8] = []
    private static let chunk = 64 << 10
    private static let fieldsLimit = 1 << 20

    /// Takes over descriptors 0 and 1; frames hold at most `bodyLimit` bytes of content beside their fields.
    package init(bodyLimit: Int) throws(SystemError) {
        let output = try retryingInterrupts("fcntl") { Int(fcntl(1, F_DUPFD_CLOEXEC, 3)) }
        try retryingInterrupts("dup2") { Int(dup2(2, 1)) }
        self.init(input: Descriptor(owning: 0), output: Descriptor(owning: CInt(output)), bodyLimit: bodyLimit)
    }

    init(input: consuming Descriptor, output: consuming Descriptor, bodyLimit: Int) {
        self.input = input
        self.output = output
        self.bodyLimit = bodyLimit
    }

    /// The next frame's invocation; `nil` once the gateway has hung up between two frames.
    package mutating func next() throws(SourceFailure) -> Invocation? {
        guard try fill(Frame.prefixLength) else { return nil }
        do {
            let end = Frame.prefixLength + (try Frame.length(prefix: buffer, limit: bodyLimit + Self.fieldsLimit))
            guard try fill(end) else { throw SourceFailure.broken("the gateway hung up within a frame") }
            let invocation = try Invocation(parsing: buffer[Frame.prefixLength..<end])
            forget(end)
            guard invocation.body.count <= bodyLimit else { throw SourceFailure.tooLarge }
            return invocation
        } catch let error as FrameError {
            throw .broken("\(error)")
        } catch let error as SourceFailure {
            throw error
        } catch {
            throw .broken("\(error)")
        }
    }

    package var waiting: WaitingCalls {
        WaitingCalls(isRead: !buffer.isEmpty, input: input.number)
    }

    package mutating func send(_ replies: [Reply]) throws(SourceFailure) {
        do {
            try output.writeAll(replies.count == 1 ? replies[0].frame() : replies.flatMap { $0.frame() })
        } catch {
            throw .broken("\(error)")
        }
    }

    /// Reads until the buffer holds `count` bytes; false where the input ended before the first of them.
    private mutating func fill(_ count: Int) throws(SourceFailure) -> Bool {
        while buffer.count < count {
            let before = buffer.count
            do {
                try input.append(to: &buffer, atMost: max(Self.chunk, count - before))
            } catch {
                throw .broken("\(error)")
            }
            if buffer.count == before {
                if before == 0 { return false }
                throw .broken("the gateway hung up within a frame")
            }
        }
        return true
    }

    /// Wipes the frame that was read, which may hold a password.
    private mutating func forget(_ count: Int) {
        unsafe buffer.withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { unsafe explicit_bzero(start, count) }
        }
        if count == buffer.count {
            buffer.removeAll(keepingCapacity: true)
        } else {
            buffer.removeFirst(count)
        }
    }
}
