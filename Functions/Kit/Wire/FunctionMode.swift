/// How a process is to be called, as the variable `FUNCTION_MODE` tells it; without it, once and by its streams.
public enum FunctionMode: String, Sendable {
    /// Frame after frame, until the gateway hangs up.
    case warm
    /// One frame, and then the end; the process is started before there is a call.
    ///
    /// The text stands in every program that is built on the runtime, and nowhere else: by it the gateway knows them.
    case startedAhead = "once-started-ahead"
    /// No frame: the process is copied for each call, and each copy goes on as one that was started ahead.
    ///
    /// This text, too, stands in every program that is built on a runtime which can do that.
    case template = "once-from-template"
    /// No call at all: the process is set up, says what is wrong with its settings or secrets, and ends.
    ///
    /// This text, too, stands in every program that is built on a runtime which can do that.
    case check = "settings-check-alone"

    /// The variable's name.
    public static let variable = "FUNCTION_MODE"
}
