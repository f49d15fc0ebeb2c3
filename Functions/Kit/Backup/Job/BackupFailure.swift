import BackupContainer
import BackupStores
import MongoDB

/// Why a backup or a restore did not come about: one sentence for the operator, without a secret.
public struct BackupFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String
    /// Whether trying later may go better; otherwise something must be put right first.
    public let mayPass: Bool

    /// Takes a sentence.
    public init(_ description: String, mayPass: Bool = false) {
        self.description = description
        self.mayPass = mayPass
    }

    /// Turns whatever was thrown into a sentence.
    public init(_ error: any Error) {
        switch error {
        case let failure as BackupFailure: self = failure
        case let error as MongoError: self.init(Self.sentence(error), mayPass: Self.mayPass(error))
        case BackupStoreError.failed(let reason): self.init("The backup's store: \(reason).", mayPass: true)
        case BackupStoreError.configuration(let sentence): self.init(sentence)
        case let error as BackupStoreError: self.init("The backup's store: \(error).")
        default: self.init("The backup: \(error).")
        }
    }

    private static let snapshotTooOld: Int32 = 239
    private static let snapshotUnavailable: Int32 = 246

    private static func mayPass(_ error: MongoError) -> Bool {
        if case .unauthenticated = error { false } else { true }
    }

    private static func sentence(_ error: MongoError) -> String {
        switch error {
        case .server(snapshotTooOld, _), .server(snapshotUnavailable, _):
            "MongoDB no longer has the instant that the backup began with: raise its parameter "
                + "minSnapshotHistoryWindowInSeconds (3600 is an hour)."
        case .server(let code, _): "MongoDB refused with code \(code)."
        case .unavailable, .deadline: "MongoDB could not be reached in time."
        case .unauthenticated: "MongoDB's user may not do what a backup needs."
        case .duplicateKey(let index): "The backup holds a value twice that the index \(index) wants once."
        case .conflict, .invalid: "MongoDB did not take what was asked."
        }
    }
}
