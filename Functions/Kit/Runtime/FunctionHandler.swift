/// A function: set up once in a process, then asked for one answer at a time.
public protocol FunctionHandler {
    /// Prepares what outlasts a call (connections, keys); throws `SetUpFailure` where the installation is at fault.
    init(environment: FunctionEnvironment) throws(SetUpFailure)

    /// Throws what is wrong with settings that only some calls read; asked before anything is served.
    func checkSettings() throws(SetUpFailure)

    /// Answers one request; whatever it throws that is not a `FunctionFailure` becomes a bare 500.
    mutating func answer(_ request: Request, _ context: Context) throws -> Answer

    /// False where answers were given that are only to be sent once `settle()` has been called; true by default.
    ///
    /// A function may leave several calls unsettled while others wait (`context.waiting`), so that what is dear about
    /// each of them is done once for all. It must bear that a call is answered twice, since its process may end before
    /// the answers are sent.
    var isSettled: Bool { get }

    /// Settles what was answered. Where it throws, those calls are answered anew, with nobody waiting behind them.
    mutating func settle() throws
}

extension FunctionHandler {
    /// Leaves nothing unsettled.
    public var isSettled: Bool { true }

    /// Has nothing to do.
    public mutating func settle() throws {}

    /// Nothing, where all settings are read by `init`.
    public func checkSettings() throws(SetUpFailure) {}
}

/// Why a function cannot work here at all.
public struct SetUpFailure: Error, Equatable, Sendable {
    /// One sentence for the operator; names no secret.
    public let sentence: String
    /// The status to exit with: 78 for a wrong configuration, 75 for what may pass (sysexits.h).
    public let exitStatus: Int32

    /// A configuration that is wrong until someone mends it.
    public static func configuration(_ sentence: String) -> SetUpFailure {
        SetUpFailure(sentence: sentence, exitStatus: 78)
    }

    /// Something that is away and may come back.
    public static func temporary(_ sentence: String) -> SetUpFailure {
        SetUpFailure(sentence: sentence, exitStatus: 75)
    }
}

/// An error that knows what the caller is told of it; `nil` means a bare 500.
public protocol FailureConvertible: Error {
    /// The failure to answer with.
    var functionFailure: FunctionFailure? { get }
}
