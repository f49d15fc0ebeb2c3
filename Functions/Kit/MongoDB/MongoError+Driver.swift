import BSON
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
            case CM_ERROR_SERVER, CM_ERROR_WRITE_CONCERN:
                Self.answered(
                    error.code, message, isPassing: error.labels & UInt32(CM_LABEL_TRANSIENT_TRANSACTION) != 0,
                    isLate: isLate)
            default: .invalid(message)
            }
    }

    /// Sorts an error that stands within a write's answer: one of `writeErrors`, or `writeConcernError`.
    init(answered failure: Document, isLate: Bool) {
        self = Self.answered(
            UInt32(truncatingIfNeeded: failure["code"]?.integer ?? 0), failure["errmsg"]?.string ?? "",
            isPassing: false, isLate: isLate)
    }

    private static func answered(_ code: UInt32, _ message: String, isPassing: Bool, isLate: Bool) -> MongoError {
        switch ServerCode(rawValue: code)?.meaning {
        case .duplicateKey: .duplicateKey(index: indexName(in: message))
        case .tooLate: .deadline
        case .away: isLate ? .deadline : .unavailable(message)
        case .refused: .unauthenticated(message)
        case .conflict: .conflict(message)
        case nil:
            isPassing ? .conflict(message) : .server(code: Int32(truncatingIfNeeded: code), message: message)
        }
    }

    /// The name in `E11000 … index: <name> dup key: …`; nothing before it comes from a user.
    private static func indexName(in message: String) -> String {
        let words = message.split(separator: " ")
        guard let label = words.firstIndex(of: "index:"), label + 1 < words.endIndex else { return "" }
        return String(words[label + 1])
    }
}
