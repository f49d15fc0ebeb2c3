/// Why the gateway does not start: one sentence for the operator, and the status to exit with (sysexits.h).
package struct StartFailure: Error, Equatable, Sendable {
    /// One sentence; names no secret.
    package let sentence: String
    /// 64 for a wrong command line, 75 for what may pass, 78 for a configuration that is wrong.
    package let exitStatus: Int32

    static func usage(_ sentence: String) -> StartFailure {
        StartFailure(sentence: sentence, exitStatus: 64)
    }

    static func configuration(_ sentence: String) -> StartFailure {
        StartFailure(sentence: sentence, exitStatus: 78)
    }

    static func temporary(_ sentence: String) -> StartFailure {
        StartFailure(sentence: sentence, exitStatus: 75)
    }
}
