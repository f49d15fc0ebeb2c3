/// Why the work cannot go on: one sentence for whoever started it, and an exit status of sysexits.h.
struct Failure: Error, Equatable {
    let sentence: String
    let status: CInt

    /// The command line is wrong (EX_USAGE).
    static func usage(_ sentence: String) -> Failure { Failure(sentence: sentence, status: 64) }
    /// A part of the whole ended though nobody asked it to (EX_SOFTWARE).
    static func ended(_ sentence: String) -> Failure { Failure(sentence: sentence, status: 70) }
    /// Trying again later may help (EX_TEMPFAIL).
    static func unavailable(_ sentence: String) -> Failure { Failure(sentence: sentence, status: 75) }
    /// Someone must put something right first (EX_CONFIG).
    static func misconfigured(_ sentence: String) -> Failure { Failure(sentence: sentence, status: 78) }
    /// Whoever started the work asked for its end.
    static let interrupted = Failure(sentence: "Stopped before everything was ready.", status: 0)
}
