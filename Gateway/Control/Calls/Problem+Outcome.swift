import GatewayWorkers

extension Problem {
    /// What a call's outcome means to its caller; `nil` for an answer.
    init?(_ outcome: borrowing CallOutcome) {
        switch outcome {
        case .reply: return nil
        case .overloaded(let seconds): self = .overloaded(retryAfter: seconds)
        case .tooManyInFlight: self = .tooManyInFlight
        case .deadline: self = .deadlineExceeded
        case .unavailable(let seconds): self = .unavailable(retryAfter: seconds)
        case .died(.signal(let number)):
            self = .workerFailed("The function was ended by \(ProcessEnd.signal(number)) before it answered.")
        case .died(.status(let status)):
            self = .workerFailed("The function exited with status \(status) before it answered.")
        case .fault(.tooLarge): self = .workerFailed("The function's answer is longer than it may be.")
        case .fault: self = .workerFailed("The function did not answer in the way that was agreed.")
        }
    }
}
