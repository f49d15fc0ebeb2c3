/// Where an object store is, and where in it backups lie.
public struct ObjectStorePlace: Equatable, Sendable {
    let bucket: String
    /// What each name begins with: nothing, or it ends with a slash.
    let folder: String
    /// `https://host` or `http://host:port`, without a slash at the end.
    let endpoint: String
    let region: String

    /// Reads `s3://bucket/prefix`; without an endpoint it is Amazon's of the region.
    public init(_ target: String, endpoint: String?, region: String?) throws(BackupStoreError) {
        let parts = target.dropFirst("s3://".count).split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard target.hasPrefix("s3://"), let bucket = parts.first, Self.isBucket(bucket) else {
            throw .configuration("BACKUP_TARGET must be an absolute path or s3://bucket/prefix.")
        }
        let prefix = (parts.count == 2 ? parts[1] : "").split(separator: "/")
        guard prefix.allSatisfy({ $0 != "." && $0 != ".." && $0.utf8.allSatisfy(Self.isPlain) }) else {
            throw .configuration("The prefix in BACKUP_TARGET may have letters, digits, \"-\", \"_\", \".\" and \"/\".")
        }
        self.bucket = String(bucket)
        folder = prefix.map { $0 + "/" }.joined()
        self.region = region ?? "us-east-1"
        guard self.region.utf8.allSatisfy(Self.isPlain) else { throw .configuration("BACKUP_REGION is no region.") }
        self.endpoint = try Self.endpoint(endpoint ?? "https://s3.\(self.region).amazonaws.com")
    }

    var name: String { "s3://\(bucket)/\(folder)" }

    var host: String {
        String(endpoint.drop { $0 != ":" }.dropFirst(3))
    }

    private static func endpoint(_ text: String) throws(BackupStoreError) -> String {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let scheme = ["https://", "http://"].first(where: url.hasPrefix) else {
            throw .configuration("BACKUP_ENDPOINT must begin with https:// or http://.")
        }
        let authority = url.dropFirst(scheme.count)
        let isHost = authority.utf8.allSatisfy { isPlain($0) || Set(":[]".utf8).contains($0) }
        guard !authority.isEmpty, isHost else {
            throw .configuration("BACKUP_ENDPOINT must be a scheme and a host, without path, user or query.")
        }
        let usual = scheme == "https://" ? ":443" : ":80"
        return authority.hasSuffix(usual) ? String(url.dropLast(usual.count)) : url
    }

    private static func isBucket(_ text: Substring) -> Bool {
        (3...63).contains(text.utf8.count) && !text.contains("..") && !text.hasPrefix(".") && !text.hasPrefix("-")
            && text.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x2e
            }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || Set("-_.".utf8).contains(byte)
    }
}
