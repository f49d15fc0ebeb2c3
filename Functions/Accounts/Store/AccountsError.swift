import Installation
public import MongoDB
public import Runtime

/// Why a change of an account was not made; nothing of it is then in the store.
public enum AccountsError: StoreFailure, Equatable, FailureConvertible {
    /// The store's own failure.
    case store(MongoError)
    /// Another account has the login.
    case loginTaken
    /// What the change was conditional on holds no longer: another call was first.
    case overtaken

    /// 503 where the store is away, 409 for a taken login.
    public var functionFailure: FunctionFailure? {
        switch self {
        case .store(let error): error.functionFailure
        case .loginTaken: .loginTaken
        case .overtaken: nil
        }
    }
}

extension FunctionFailure {
    /// 409: another account has the login.
    public static let loginTaken = FunctionFailure(
        409, "login-taken", title: "Login taken", detail: "An account with this login exists already.")
}
