import Platform
import Wire

@testable import Runtime

/// What a worker does with bytes that a gateway wrote before it hung up: the runtime's own loop, over real pipes.
struct WarmConversation {
    let replies: [Reply]
    let failure: SourceFailure?
    /// What stood on the pipe to the gateway beyond whole frames.
    let rest: [UInt8]

    /// Has `handler` answer what `bytes` hold; they must fit a pipe's buffer, and so must the replies.
    init(_ bytes: [UInt8], bodyLimit: Int = 1024, with handler: some FunctionHandler) throws {
        var toWorker = try Pipe()
        var toGateway = try Pipe()
        let request = try toWorker.takeWriting()
        try request.writeAll(bytes)
        _ = consume request
        failure = try Self.serve(
            toWorker.takeReading(), toGateway.takeWriting(), bodyLimit: bodyLimit, with: handler)
        let answers = try toGateway.takeReading().readAll(limit: 1 << 20) ?? []
        (replies, rest) = try Self.frames(in: answers)
    }

    private static func serve(
        _ input: consuming Descriptor, _ output: consuming Descriptor, bodyLimit: Int,
        with handler: some FunctionHandler
    ) -> SourceFailure? {
        var source = WarmSource(input: input, output: output, bodyLimit: bodyLimit)
        do throws(SourceFailure) {
            _ = try FunctionRuntime.answerAll(from: &source, with: handler, FunctionEnvironment(variables: [:]))
            return nil
        } catch {
            return error
        }
    }

    private static func frames(in bytes: [UInt8]) throws -> ([Reply], [UInt8]) {
        var replies: [Reply] = []
        var rest = bytes[...]
        while rest.count >= Frame.prefixLength {
            let length = try Frame.length(prefix: Array(rest), limit: 1 << 20)
            rest = rest.dropFirst(Frame.prefixLength)
            guard rest.count >= length else { break }
            replies.append(try Reply(parsing: rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return (replies, Array(rest))
    }
}
