import CMongoShim

/// What stood in a transaction's way, as far as another attempt goes (MongoDB's transactions specification).
enum Setback {
    /// A concurrent one, or the like: nothing is applied, and a new attempt may go better.
    case passing
    /// The connection, or the server at its other end: a new attempt helps if there is a server soon.
    case disconnected

    /// `nil` for an error that would come again.
    init?(_ error: cm_error) {
        let hopeful = UInt32(CM_LABEL_TRANSIENT_TRANSACTION | CM_LABEL_UNKNOWN_COMMIT)
        let isAway = error.kind == CM_ERROR_SELECTION || error.kind == CM_ERROR_NETWORK
        guard isAway || error.labels & hopeful != 0 else { return nil }
        self = isAway ? .disconnected : .passing
    }
}
