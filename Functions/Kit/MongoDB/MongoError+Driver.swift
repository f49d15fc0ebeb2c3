import CMongoShim

extension MongoError {
    /// Sorts one of the driver's errors; `isLate` says that the client's limit has passed.
    init(_ error: cm_error, isLate: Bool) {
        var copy = error
        let message = unsafe String(cString: cm_error_message(&copy))
        self =
            switch error.kind {
            case CM_ERROR_SELECTION, CM_ERROR_NETWORK: isLate ? .deadline : .unavailable(message)
            case CM_ERROR_AUTHENTICATION: .unauthenticated(message)
            case CM_ERROR_SERVER, CM_ERROR_WRITE_CONCERN: Self.answered(error, message, isLate: isLate)
            default: .invalid(message)
            }
    }

    private static func answered(_ error: cm_error, _ message: String, isLate: Bool) -> MongoError {
        switch ServerCode(rawValue: error.code)?.meaning {
        case .duplicateKey: .duplicateKey(index: indexName(in: message))
        case .tooLate: .deadline
        case .away: isLate ? .deadline : .unavailable(message)
        case .refused: .unauthenticated(message)
        case .conflict: .conflict(message)
        case nil:
            error.labels & UInt32(CM_LABEL_TRANSIENT_TRANSACTION) != 0
                ? .conflict(message) : .server(code: Int32(truncatingIfNeeded: error.code), message: message)
        }
    }

    /// The name in `E11000 … index: <name> dup key: …`; nothing before it comes from a user.
    private static func indexName(in message: String) -> String {
        let words = message.split(separator: " ")
        guard let label = words.firstIndex(of: "index:"), label + 1 < words.endIndex else { return "" }
        return String(words[label + 1])
    }
}
