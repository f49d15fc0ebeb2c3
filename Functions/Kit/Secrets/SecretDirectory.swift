import Glibc
import Platform

/// A directory with one file for each secret.
public struct SecretDirectory: Sendable {
    /// How many bytes a secret may have.
    public static let longest = 65_536

    let path: String

    /// The secrets in the directory at `path`, which need not exist yet.
    public init(path: String) {
        self.path = path
    }

    /// The bytes of the secret `name`, as they are.
    public func read(_ name: String) throws(SecretError) -> [UInt8] {
        try Self.checkName(name)
        let file = try open(name)
        let bytes = try Self.content(of: file, name)
        guard let bytes, !bytes.isEmpty else { throw .badLength(name) }
        return bytes
    }

    /// The bytes of the secret `name`; `nil` where there is none.
    public func readIfPresent(_ name: String) throws(SecretError) -> [UInt8]? {
        do {
            return try read(name)
        } catch .missing {
            return nil
        }
    }

    /// The bytes of a secret that is text, without one newline at its end, as editors leave it.
    public func readText(_ name: String) throws(SecretError) -> [UInt8] {
        Self.trimmed(try read(name))
    }

    /// The bytes of a secret that is text; `nil` where there is none.
    public func readTextIfPresent(_ name: String) throws(SecretError) -> [UInt8]? {
        try readIfPresent(name).map(Self.trimmed)
    }

    static func checkName(_ name: String) throws(SecretError) {
        let allowed = name.utf8.allSatisfy { character in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) || character == UInt8(ascii: "-")
        }
        guard allowed, (1...64).contains(name.utf8.count) else { throw .invalidName }
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.last == UInt8(ascii: "\n") else { return bytes }
        let lineEnd = bytes.dropLast().last == UInt8(ascii: "\r") ? 2 : 1
        return Array(bytes.dropLast(lineEnd))
    }

    private static func content(of file: borrowing Descriptor, _ name: String) throws(SecretError) -> [UInt8]? {
        do {
            return try file.readAll(limit: longest)
        } catch {
            throw .inaccessible(name, error)
        }
    }
}
