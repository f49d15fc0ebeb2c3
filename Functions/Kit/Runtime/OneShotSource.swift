import Glibc
import Platform
package import Wire

/// One invocation from standard input and the `Http_*` variables; its reply goes to standard output.
///
/// That is how OpenFaaS's classic watchdog and of-watchdog (streaming, serializing) call a function. They send on the
/// content alone; with `FUNCTION_REPLY=cgi` the output begins with a header block (RFC 3875, section 6).
package struct OneShotSource: ~Copyable, InvocationSource {
    private let input = Descriptor(owning: 0)
    private let output = Descriptor(owning: 1)
    private let variables: [String: String]
    private let bodyLimit: Int
    private let started = Instant.now
    private var given = false

    package init(variables: [String: String], bodyLimit: Int) {
        self.variables = variables
        self.bodyLimit = bodyLimit
    }

    package mutating func next() throws(SourceFailure) -> Invocation? {
        guard !given else { return nil }
        given = true
        var invocation = WatchdogVariables(variables).invocation(startedAt: started)
        invocation.body = try readBody()
        return invocation
    }

    package var waiting: WaitingCalls { .none }

    package mutating func send(_ replies: [Reply]) throws(SourceFailure) {
        for reply in replies { try send(reply) }
    }

    private func send(_ reply: Reply) throws(SourceFailure) {
        let head = variables["FUNCTION_REPLY"] == "cgi" ? CGIHead(reply).bytes : []
        do {
            try output.writeAll(head + reply.body)
        } catch {
            throw .broken("\(error)")
        }
    }

    private func readBody() throws(SourceFailure) -> [UInt8] {
        let body: [UInt8]?
        do { body = try input.readAll(limit: bodyLimit) } catch { throw .broken("\(error)") }
        guard let body else { throw .tooLarge }
        return body
    }
}
