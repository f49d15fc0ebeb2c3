import CCurlShim

/// Why something could not be sent, or its answer not be had. The sentences are for logs: they name hosts, no secret.
public enum TransferError: Error, Equatable, Sendable {
    /// What was to be sent, or where to, makes no sense.
    case malformed(String)
    /// There was no connection, or it broke; whether the other side got the request is open.
    case unreachable(String)
    /// The other side's certificate is not to be trusted, or it offers no TLS where that is required.
    case untrusted(String)
    /// The time was over; whether the other side got the request is open.
    case late
    /// The answer was longer than the limit.
    case tooLong
    /// The mail server did not take the login, the sender, the recipient or the mail; its status code (RFC 5321).
    case refused(status: Int, String)
}

extension TransferError {
    init(_ result: cc_result, status: Int, reason: String) {
        switch result {
        case CC_MALFORMED: self = .malformed(reason)
        case CC_UNTRUSTED: self = .untrusted(reason)
        case CC_LATE: self = .late
        case CC_TOO_LONG: self = .tooLong
        case CC_REFUSED where status >= 400: self = .refused(status: status, reason)
        default: self = .unreachable(reason)
        }
    }

    /// Whether trying again makes no sense: a recipient or a mail that the server will not take (RFC 5321, 4.2.1).
    public var isFinal: Bool {
        if case .refused(status: 550...554, _) = self { true } else { false }
    }
}
