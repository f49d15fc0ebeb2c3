import Glibc

/// Where the own database listens: a socket in the file system, or else a port on loopback.
enum ServerPlace: Equatable {
    case socket(path: String)
    case port(UInt16)

    /// `sun_path` holds 108 bytes with the null at the end (unix(7)).
    private static let longestSocketPath = 107

    /// The socket in `folder`, where its path fits and all who have to can get there.
    static func socket(in folder: String) -> ServerPlace? {
        let path = folder + "/mongod.sock"
        guard path.utf8.count <= longestSocketPath else { return nil }
        return getuid() != 0 || Folder(path: folder).isOpenToAll ? .socket(path: path) : nil
    }

    /// How the member of the replica set is named.
    var member: String {
        switch self {
        case .socket(let path): path
        case .port(let port): "127.0.0.1:\(port)"
        }
    }

    /// The options that make mongod listen here and nowhere else.
    var options: [String] {
        switch self {
        case .socket(let path): ["--bind_ip", path, "--nounixsocket", "--filePermissions", "0777"]
        case .port(let port): ["--bind_ip", "127.0.0.1", "--port", String(port), "--nounixsocket"]
        }
    }

    /// The connection string, for `user` or for nobody.
    func uri(for user: DatabaseUser? = nil) -> String {
        let credentials = user.map { "\($0.name):\($0.password)@" } ?? ""
        let source = user == nil ? "" : "&authSource=admin"
        return "mongodb://\(credentials)\(host)/?directConnection=true\(source)"
    }

    private var host: String {
        switch self {
        case .socket(let path): percentEncoded(path)
        case .port: member
        }
    }

    private func percentEncoded(_ path: String) -> String {
        path.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain || "-._~".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
            return "%" + (String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)).uppercased()
        }.joined()
    }
}
