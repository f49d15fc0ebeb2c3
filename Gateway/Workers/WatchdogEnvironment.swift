import Wire

/// A call's metadata as variables, named as OpenFaaS's watchdogs name them.
enum WatchdogEnvironment {
    /// Fields that would collide with what the watchdog itself sets.
    private static let reserved: Set = [
        "query", "path", "method", "content-length", "contentlength", "transfer-encoding", "x-call-id",
    ]

    /// `NAME=value` for each; of a field that stands twice the first value counts.
    static func variables(for invocation: Invocation) -> [String] {
        var variables = [
            "FUNCTION_REPLY=cgi", "FUNCTION_CLIENT_ADDRESS=\(invocation.clientAddress)",
            "Http_Method=\(invocation.method)", "Http_Path=\(invocation.path)",
            "Http_Content_Length=\(invocation.body.count)", "Http_ContentLength=\(invocation.body.count)",
            "Http_X_Call_Id=\(invocation.callID)",
        ]
        if let query = invocation.query, !query.isEmpty { variables.append("Http_Query=\(query)") }
        var seen = reserved
        for field in invocation.headers where isPlain(field.name) && seen.insert(field.name).inserted {
            variables.append("Http_\(canonical(field.name))=\(field.value)")
        }
        return variables
    }

    /// Go's canonical form with underscores: `content-type` is `Content_Type`.
    private static func canonical(_ name: String) -> String {
        name.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: "_")
    }

    /// Letters, digits and hyphens alone, so that no two names become one variable.
    private static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
