import Installation
public import MongoDB
public import Runtime

/// Why a change of an account was not made, or may not have been (see ``isCertain``).
public enum AccountsError: StoreFailure, Equatable, FailureConvertible {
    /// The store's own failure.
    case store(MongoError)
    /// Another account has the login.
    case loginTaken
    /// No admin would be left who can log in.
    case lastAdmin
    /// What the change was conditional on holds no longer: another call was first.
    case overtaken
    /// Who asked for it can no longer log in: another admin was first.
    case callerEnded

    /// Whether it is certain that nothing of the change is in the store.
    public var isCertain: Bool {
        switch self {
        case .loginTaken, .lastAdmin, .overtaken, .callerEnded, .store(.conflict), .store(.duplicateKey): true
        case .store: false
        }
    }

    /// 503 where the store is away, 409 for what the accounts do not allow.
    public var functionFailure: FunctionFailure? {
        switch self {
        case .store(let error): error.functionFailure
        case .loginTaken: .loginTaken
        case .lastAdmin: .lastAdmin
        case .overtaken: .conflict
        case .callerEnded: .unauthorized
        }
    }
}

extension FunctionFailure {
    /// 409: another account has the login.
    public static let loginTaken = FunctionFailure(
        409, "login-taken", title: "Login taken", detail: "An account with this login exists already.")

    /// 409: somebody must stay who runs the installation.
    public static let lastAdmin = FunctionFailure(
        409, "conflict", title: "Conflict",
        detail: "The last admin who can log in cannot be locked, demoted or erased.")

    /// 409: the account does not allow this as it is, or was changed meanwhile.
    public static let conflict = FunctionFailure(
        409, "conflict", title: "Conflict", detail: "The account is locked, or was changed meanwhile.")
}
