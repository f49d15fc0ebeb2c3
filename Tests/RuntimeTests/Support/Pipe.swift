import Glibc
import Platform

/// The two ends of a pipe; each can be handed over or closed once.
struct Pipe: ~Copyable {
    private(set) var reading: Descriptor?
    private(set) var writing: Descriptor?

    init() throws {
        var ends: [CInt] = [0, 0]
        try retryingInterrupts("pipe") { unsafe Int(pipe(&ends)) }
        for end in ends { try retryingInterrupts("fcntl") { Int(fcntl(end, F_SETFD, FD_CLOEXEC)) } }
        reading = Descriptor(owning: ends[0])
        writing = Descriptor(owning: ends[1])
    }

    mutating func takeReading() throws -> Descriptor {
        guard let end = reading.take() else { throw PipeEndTaken() }
        return end
    }

    mutating func takeWriting() throws -> Descriptor {
        guard let end = writing.take() else { throw PipeEndTaken() }
        return end
    }
}

struct PipeEndTaken: Error {}
