/// Where the answers of asynchronous calls may be sent (`CALLBACK_HOSTS`): hosts divided by commas, none by default.
///
/// `hooks.example.org` is that host at the usual port of its scheme, `hooks.example.org:8443` at another one,
/// `*.example.org` each host below it. `private:` in front says that its address may be one of a private network or of
/// this machine.
public struct CallbackHosts: Equatable, Sendable {
    /// What may be sent to an address.
    public enum Permission: Equatable, Sendable {
        /// Nothing.
        case none
        /// The answer, where the host's address is a public one.
        case publicly
        /// The answer, wherever the host is.
        case anywhere
    }

    /// The variable that holds them.
    public static let variable = "CALLBACK_HOSTS"

    private struct Entry: Equatable {
        let host: String
        let port: String?
        let isPrivate: Bool
    }

    private let entries: [Entry]

    /// Reads the list; an entry that is no host never fits.
    public init(_ text: String) {
        entries = Self.split(text).map(Self.entry)
    }

    /// The entries of a list that no address can fit.
    public static func unfit(in text: String) -> [String] {
        split(text).filter { part in
            let entry = entry(part)
            let host = entry.host.hasPrefix("*.") ? String(entry.host.dropFirst(2)) : entry.host
            return !isHost(host) || !(entry.port.map(isPort) ?? true)
        }.map(String.init)
    }

    private static func split(_ text: String) -> [Substring] {
        text.split { $0 == "," || $0 == " " }
    }

    private static func entry(_ text: Substring) -> Entry {
        let isPrivate = text.hasPrefix("private:")
        let (host, port) = parts((isPrivate ? text.dropFirst(8) : text).lowercased()[...])
        return Entry(host: host, port: port, isPrivate: isPrivate)
    }

    /// What may be sent to an address; `nil` where it is no `http` or `https` one with a plain host.
    public func permission(for address: String) -> Permission? {
        guard let place = Self.place(of: address) else { return nil }
        let fitting = entries.filter { Self.fits($0.host, place.host) && ($0.port ?? place.usual) == place.port }
        guard !fitting.isEmpty else { return Permission.none }
        return fitting.contains(where: \.isPrivate) ? .anywhere : .publicly
    }

    private static func fits(_ pattern: String, _ host: String) -> Bool {
        guard pattern.hasPrefix("*.") else { return !pattern.isEmpty && pattern == host }
        return host.hasSuffix(pattern.dropFirst()) && host.utf8.count > pattern.utf8.count - 1
    }

    /// Host and port of an address without user, password or fragment.
    private static func place(of address: String) -> (host: String, port: String, usual: String)? {
        let lower = address.lowercased()
        let isSecure = lower.hasPrefix("https://")
        guard address.utf8.count <= 2048, isSecure || lower.hasPrefix("http://"),
            address.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !ambiguous.contains($0) })
        else { return nil }
        let rest = lower.dropFirst(isSecure ? 8 : 7)
        let (host, port) = parts(rest.prefix { $0 != "/" && $0 != "?" })
        let usual = isSecure ? "443" : "80"
        guard isHost(host), port.map(isPort) ?? true else { return nil }
        return (host, port ?? usual, usual)
    }

    private static func isPort(_ text: String) -> Bool {
        text.utf8.count <= 5 && UInt16(text).map { $0 > 0 } ?? false
    }

    /// Splits `host:port` and `[address]:port`; the port is `nil` where there is none.
    private static func parts(_ text: Substring) -> (host: String, port: String?) {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let rest = text[text.index(after: end)...]
            return (String(text[...end]), rest.isEmpty ? nil : String(rest.dropFirst(rest.hasPrefix(":") ? 1 : 0)))
        }
        guard let colon = text.firstIndex(of: ":") else { return (String(text), nil) }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    /// A name, or an address in digits and dots or in brackets; no spelling of an address as a single number.
    private static func isHost(_ host: String) -> Bool {
        let bytes = host.utf8
        guard (1...253).contains(bytes.count) else { return false }
        if host.hasPrefix("[") {
            return host.hasSuffix("]")
                && bytes.dropFirst().dropLast().allSatisfy { byte in
                    (48...57).contains(byte) || (97...102).contains(byte) || [46, 58].contains(byte)
                }
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            !label.isEmpty && !label.hasPrefix("-")
                && label.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
        }
        let isNumber = labels.last?.utf8.first.map { (48...57).contains($0) } ?? true
        return isName && (!isNumber || labels.count == 4 && labels.allSatisfy { UInt8($0) != nil })
    }

    /// What curl and a server could read differently: backslash, user information, fragment.
    private static let ambiguous = Set("\\@#".utf8)
}
