import Audit
public import Primitives

/// An account that was erased, and its data key.
public struct Erasure: Hashable, Sendable {
    /// The account's id.
    public let account: UniqueID
    /// Its data key's id.
    public let key: UniqueID
    /// When it was erased, as text.
    let at: String

    /// Names an erased account.
    public init(account: UniqueID, key: UniqueID, at: Timestamp) {
        self.account = account
        self.key = key
        self.at = at.description
    }

    /// Reads a line of the list outside the database; `nil` for anything else, such as one that a crash cut off.
    init?(line: some StringProtocol) {
        let parts = line.split(separator: " ")
        guard parts.count == 3, let account = UniqueID(parsing: String(parts[0])),
            let key = UniqueID(parsing: String(parts[1]))
        else { return nil }
        self.account = account
        self.key = key
        at = String(parts[2])
    }

    var line: String { "\(account) \(key) \(at)" }

    /// One account is erased once, whatever the lists say of the time.
    public static func == (left: Erasure, right: Erasure) -> Bool {
        left.account == right.account && left.key == right.key
    }

    /// Hashes what makes it the same.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(account)
        hasher.combine(key)
    }
}

/// The list of erasures beside a backup: lines sorted by account, then a signature, so that none can be taken out.
enum ErasureFile {
    private static let purpose = "erasures"

    static func text(_ erasures: Set<Erasure>, _ keys: AuditKeys) -> [UInt8] {
        let lines = erasures.sorted { $0.account < $1.account }.map { $0.line + "\n" }.joined()
        let signature = keys.sign(Array(lines.utf8), for: purpose)
        return Array("\(lines)signed \(signature.keyID) \(Hex.encode(signature.mac))\n".utf8)
    }

    /// What the list says; throws where it was altered or cut off.
    static func read(_ bytes: [UInt8], _ keys: AuditKeys) throws(BackupFailure) -> Set<Erasure> {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(separator: "\n")
        let signature = (lines.popLast() ?? "").split(separator: " ")
        let listed = lines.map { $0 + "\n" }.joined()
        guard signature.count == 3, signature[0] == "signed", let mac = Hex.decode(Array(signature[2].utf8)),
            keys.isSigned(Array(listed.utf8), for: purpose, keyID: String(signature[1]), mac: mac)
        else {
            throw BackupFailure(
                "A list of erased accounts beside the backups was altered, or is not of this audit-key.")
        }
        return Set(lines.compactMap { Erasure(line: $0) })
    }
}
