public import FieldEncryption
public import MongoDB
public import Runtime

extension MongoError: FailureConvertible {
    /// 503 where the store is away or late; anything else stays a bare 500.
    public var functionFailure: FunctionFailure? {
        switch self {
        case .unavailable, .deadline, .conflict: .unavailable(retryAfter: 1)
        default: nil
        }
    }
}

extension FieldEncryptionError: FailureConvertible {
    /// 503 where the store is away, or the master key is not the newest one; anything else stays a bare 500.
    public var functionFailure: FunctionFailure? {
        switch self {
        case .store(let error): error.functionFailure
        case .wrongMasterKey: .unavailable(retryAfter: 1)
        default: nil
        }
    }
}
