import Primitives

/// Percent-encoding (RFC 3986, section 2.1).
enum PercentEncoding {
    /// The text that `encoded` stands for; `nil` for a broken escape, a NUL, or what is not UTF-8.
    static func decode(_ encoded: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(encoded.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = Hex.decode(Array(rest.prefix(2))) else { return nil }
                bytes += value
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// The parameters of a query string (`application/x-www-form-urlencoded`).
enum QueryString {
    /// Names and values; throws for a broken escape, and for a parameter that is not in `known` or stands twice.
    static func parse(_ query: String?, known: Set<String>) throws(FunctionFailure) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw .invalidRequest(detail: "The query is not percent-encoded UTF-8.") }
            guard known.contains(name) else { throw .invalidRequest(detail: "A query parameter is not known here.") }
            guard parameters.updateValue(value, forKey: name) == nil else {
                throw .invalidRequest(detail: "A query parameter stands twice.")
            }
        }
        return parameters
    }
}
