import CMongoShim

/// What helps after a commit has failed (MongoDB's transactions specification, by the error's labels).
enum Remedy {
    /// Nothing of the transaction is applied; all of it may be run again.
    case startOver
    /// The commit may or may not have happened; sending it again is harmless.
    case commitAgain
    /// Neither.
    case none

    init(_ error: cm_error) {
        let hasServer = error.kind != CM_ERROR_SELECTION
        self =
            if hasServer, error.labels & UInt32(CM_LABEL_TRANSIENT_TRANSACTION) != 0 {
                .startOver
            } else if hasServer, error.labels & UInt32(CM_LABEL_UNKNOWN_COMMIT) != 0 {
                .commitAgain
            } else {
                .none
            }
    }
}
