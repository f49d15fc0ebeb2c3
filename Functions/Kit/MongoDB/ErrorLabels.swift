import CMongoShim

/// What an error says about trying again (MongoDB's transactions and retryable writes specifications).
struct ErrorLabels: OptionSet, Sendable {
    let rawValue: UInt32

    /// Nothing of the transaction is applied; all of it may be run again.
    static let transientTransaction = ErrorLabels(rawValue: UInt32(CM_LABEL_TRANSIENT_TRANSACTION))
    /// The commit may or may not have happened; it may be sent again.
    static let unknownCommit = ErrorLabels(rawValue: UInt32(CM_LABEL_UNKNOWN_COMMIT))
}

extension ErrorLabels {
    init(_ error: cm_error) {
        self.init(rawValue: error.labels)
    }
}
