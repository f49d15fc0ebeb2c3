import Cryptography
import Primitives

/// AWS Signature Version 4 over one request to an object store.
struct SignedRequest {
    let method: String
    /// The path, encoded as it is sent.
    let path: String
    /// Names and values, not encoded.
    let query: [(name: String, value: String)]
    let host: String
    /// The content's SHA-256 in hexadecimal.
    let contentHash: String

    /// The query as it is sent and signed: encoded, and sorted by the encoded names and values.
    var encodedQuery: String {
        let encoded: [(String, String)] = query.map { (Self.encoded($0.name), Self.encoded($0.value)) }
        let sorted = encoded.sorted { left, right in left.0 == right.0 ? left.1 < right.1 : left.0 < right.0 }
        return sorted.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// The fields to send along, the signature among them.
    func fields(_ access: ObjectStoreAccess, region: String, at now: Timestamp) -> [(name: String, value: String)] {
        let time = Self.basicTime(now)
        var fields: [(name: String, value: String)] = [
            ("host", host), ("x-amz-content-sha256", contentHash), ("x-amz-date", time),
        ]
        if let token = access.sessionToken { fields.append(("x-amz-security-token", token)) }
        let scope = "\(time.prefix(8))/\(region)/s3/aws4_request"
        let signed = fields.map(\.name).joined(separator: ";")
        let canonical = [
            method, path, encodedQuery, fields.map { "\($0.name):\($0.value)\n" }.joined(), signed, contentHash,
        ].joined(separator: "\n")
        let hash = Hex.encode(SHA256.hash(Array(canonical.utf8)))
        let text = ["AWS4-HMAC-SHA256", time, scope, hash].joined(separator: "\n")
        let signature = Hex.encode(HMAC.sha256(key: Self.key(access, time, region), Array(text.utf8)))
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(access.keyID)/\(scope), SignedHeaders=\(signed), Signature=\(signature)"
        fields.append(("authorization", authorization))
        return Array(fields.dropFirst())
    }

    private static func key(_ access: ObjectStoreAccess, _ time: String, _ region: String) -> [UInt8] {
        [String(time.prefix(8)), region, "s3", "aws4_request"].reduce(Array("AWS4\(access.key)".utf8)) { key, part in
            HMAC.sha256(key: key, Array(part.utf8))
        }
    }

    /// `2026-11-21T09:50:00.123Z` as `20261121T095000Z`.
    static func basicTime(_ time: Timestamp) -> String {
        let text = time.description
        return text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// Percent-encoded but for the unreserved characters of RFC 3986.
    static func encoded(_ text: some StringProtocol, keeping kept: Set<UInt8> = []) -> String {
        String(
            decoding: text.utf8.flatMap { byte in
                isUnreserved(byte) || kept.contains(byte)
                    ? [byte] : Array("%\(Hex.encode(CollectionOfOne(byte)).uppercased())".utf8)
            }, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || Set("-._~".utf8).contains(byte)
    }
}
