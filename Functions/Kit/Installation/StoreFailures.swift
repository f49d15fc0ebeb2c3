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
    /// 503 where the store is away; anything else stays a bare 500.
    public var functionFailure: FunctionFailure? {
        if case .store(let error) = self { error.functionFailure } else { nil }
    }
}
