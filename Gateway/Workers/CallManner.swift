import Wire

/// How a process that answers one call is asked.
enum CallManner {
    /// The content on its standard input, the rest in its environment: any program of a watchdog's.
    case content
    /// A frame, as a warm worker gets it: a program of ours that was started ahead.
    case frame
}

/// What a process that is asked by a frame has written so far.
enum FrameAnswer {
    case partial
    case whole(Reply)
    case fault(WorkerFault)

    /// Reads the frame that is to come of a worker, whose answers hold at most `limit` bytes.
    static func read(_ output: [UInt8], limit: Int) -> FrameAnswer {
        guard output.count >= Frame.prefixLength else { return .partial }
        guard let length = try? Frame.length(prefix: output, limit: limit + 64 * 1024) else {
            // No answer has 256 MiB: what claims so is text.
            return .fault(output[3] < 16 ? .tooLarge : .garbled)
        }
        let end = Frame.prefixLength + length
        guard output.count >= end else { return .partial }
        guard output.count == end, let reply = try? Reply(parsing: output[Frame.prefixLength..<end]) else {
            return .fault(.garbled)
        }
        return reply.body.count <= limit ? .whole(reply) : .fault(.tooLarge)
    }
}
