import FieldEncryption
import MongoDB

/// Turns what the store throws into one sentence for the operator.
enum DatabaseFailure {
    /// The sentence for `error`, about the server that `server` names.
    static func sentence(_ error: MongoError, server: String) -> Failure {
        switch error {
        case .unavailable, .deadline:
            .unavailable("\(server) cannot be reached: see to it that it runs and is a replica set with a primary.")
        case .unauthenticated:
            .misconfigured("\(server) does not take the user and password given, or they allow too little.")
        case .invalid(let reason):
            .misconfigured("\(server) cannot be used: \(reason).")
        case .server(_, let message):
            .misconfigured("\(server) cannot be made ready: \(message).")
        case .duplicateKey(let index):
            .misconfigured("\(server) holds values twice that the index \(index) wants once.")
        case .conflict:
            .unavailable("\(server) was busy with something else: try again.")
        }
    }

    /// The sentence for `error`; the secrets lie in the folder `secrets`.
    static func sentence(_ error: FieldEncryptionError, server: String, secrets: String) -> Failure {
        switch error {
        case .store(let reason):
            sentence(reason, server: server)
        case .wrongMasterKey:
            .misconfigured(
                "\(server) is encrypted, and the secret master-key in \(secrets) is not the one for it: "
                    + "put the right one back.")
        case .malformedMasterKey, .misplaced, .undecryptable, .keyMissing:
            .misconfigured("\(server) does not fit the secret master-key in \(secrets).")
        }
    }
}
