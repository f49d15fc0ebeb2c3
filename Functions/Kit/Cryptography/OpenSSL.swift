import COpenSSL

/// The one place that starts OpenSSL and empties its queue of errors.
enum OpenSSL {
    /// Starts the library without reading `openssl.cnf`: what we call needs none, and reading it is most of a start.
    static let ready: Void = {
        _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
    }()

    /// Takes all errors that the library has queued on this thread, the oldest first.
    static func drainErrors() -> [String] {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { return reasons }
            let reason = unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) }
            reasons.append(reason ?? "error \(code)")
        }
    }

    /// Ends the process where a call fails that no input can make fail: memory is gone or the library is broken.
    static func require(_ succeeded: Bool, _ call: StaticString) {
        precondition(succeeded, failure(of: call))
    }

    /// The words for a failed `call`, with the library's reasons.
    static func failure(of call: StaticString) -> String {
        "\(call) failed: \(drainErrors().joined(separator: ", "))"
    }
}
