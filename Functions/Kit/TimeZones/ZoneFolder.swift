import Glibc
import Platform

/// The system's time zone data: one TZif file for each zone of the IANA database.
public struct ZoneFolder: Sendable {
    private let path: String
    private static let longestName = 64
    private static let largestFile = 64 << 10

    /// Reads from `/usr/share/zoneinfo`, or another folder of the same shape.
    public init(path: String = "/usr/share/zoneinfo") {
        self.path = path
    }

    /// The zone of that name, such as `Europe/Paris`; `nil` where there is none.
    public func zone(_ name: String) -> Zone? {
        guard Self.isName(name), let file = read(path + "/" + name) else { return nil }
        return Zone(parsing: file)
    }

    /// Letters, digits and `_ + -` between single slashes; each part begins with a capital, so that neither the
    /// folder's own tables nor its copies of other counts of leap seconds are zones.
    private static func isName(_ name: String) -> Bool {
        guard (1...longestName).contains(name.utf8.count) else { return false }
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = parts.first?.first, (65...90).contains(first) else { return false }
        return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(isAllowed) }
    }

    private static func isAllowed(_ character: UInt8) -> Bool {
        switch character {
        case 48...57, 65...90, 97...122: true
        default: "_+-".utf8.contains(character)
        }
    }

    private func read(_ path: String) -> [UInt8]? {
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
        guard let number = try? retryingInterrupts("open", { unsafe Int(open(path, flags)) }) else { return nil }
        let file = Descriptor(owning: CInt(number))
        return (try? file.readAll(limit: Self.largestFile)) ?? nil
    }
}
