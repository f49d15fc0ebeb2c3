/// The server's error codes that mean something to us (MongoDB's error_codes.yml).
enum ServerCode: UInt32 {
    case hostUnreachable = 6
    case hostNotFound = 7
    case unauthorized = 13
    case authenticationFailed = 18
    case maxTimeExpired = 50
    case writeConcernTimeout = 64
    case networkTimeout = 89
    case shutdownInProgress = 91
    case notYetInitialized = 94
    case writeConflict = 112
    case majorityNotKnownYet = 134
    case primarySteppedDown = 189
    case timeKeyNotFound = 211
    case noSuchTransaction = 251
    case exceededTimeLimit = 262
    case socketException = 9001
    case notPrimaryAnyMore = 10058
    case notWritablePrimary = 10107
    case duplicateKey = 11000
    case duplicateKeyOnUpdate = 11001
    case interruptedAtShutdown = 11600
    case interrupted = 11601
    case interruptedByStateChange = 11602
    case notPrimaryNoSecondaryOk = 13435
    case notPrimaryOrSecondary = 13436

    enum Meaning {
        case duplicateKey, tooLate, away, refused, conflict
    }

    var meaning: Meaning {
        switch self {
        case .duplicateKey, .duplicateKeyOnUpdate: .duplicateKey
        case .maxTimeExpired, .writeConcernTimeout, .exceededTimeLimit, .interrupted: .tooLate
        case .unauthorized, .authenticationFailed: .refused
        case .writeConflict, .noSuchTransaction: .conflict
        case .hostUnreachable, .hostNotFound, .networkTimeout, .shutdownInProgress, .primarySteppedDown,
            .socketException, .notWritablePrimary, .interruptedAtShutdown, .interruptedByStateChange,
            .notPrimaryNoSecondaryOk, .notPrimaryOrSecondary, .notPrimaryAnyMore, .majorityNotKnownYet,
            .notYetInitialized, .timeKeyNotFound:
            .away
        }
    }
}
