import GatewayHTTP

extension RequestHead {
    /// Whether the caller takes gzip (RFC 9110, section 12.5.3): named itself, or by `*`, and not with a weight of 0.
    var acceptsGzip: Bool {
        var byStar = false
        for part in values(of: "accept-encoding").joined(separator: ",").split(separator: ",") {
            let words = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let coding = words.first else { continue }
            let isWanted = !words.dropFirst().contains(where: Self.isZeroWeight)
            if coding == "gzip" || coding == "x-gzip" { return isWanted }
            if coding == "*" { byStar = isWanted }
        }
        return byStar
    }

    private static func isZeroWeight(_ parameter: String) -> Bool {
        parameter.hasPrefix("q=0") && parameter.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
    }
}
