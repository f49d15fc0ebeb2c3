import BackupContainer
public import BackupStores
import JSON
import Primitives

/// A backup in its store: a folder of four files, the manifest last.
public struct BackupSet: Equatable, Sendable {
    static let manifestName = "manifest.json"
    static let erasuresName = "erasures"

    /// The folder's name, which sorts by time.
    public let name: String
    /// Whether its manifest is there, and with it all else.
    public let isComplete: Bool
    /// The length of its files together.
    public let bytes: Int64
    let files: [String]

    static func newName(_ id: UniqueID, at now: Timestamp) -> String {
        let time = now.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        return "backup-\(time)Z-\(Hex.encode(id.bytes.suffix(4)))"
    }

    static func fileName(_ kind: BackupPart.Kind) -> String {
        kind.rawValue + ".backup"
    }

    /// When it was begun, as far as its name tells; whole seconds, without separators.
    var time: Substring {
        name.dropFirst("backup-".count).prefix(15)
    }

    /// The backups in a store, the oldest first; other files are passed over.
    public static func all(in store: any BackupStore) throws(BackupStoreError) -> [BackupSet] {
        var folders: [String: [BackupFile]] = [:]
        for file in try store.list() {
            let parts = file.name.split(separator: "/")
            guard parts.count == 2, isName(parts[0]) else { continue }
            folders[String(parts[0]), default: []].append(file)
        }
        return folders.sorted { $0.key < $1.key }.map { name, files in
            let names = files.map { String($0.name.dropFirst(name.count + 1)) }
            return BackupSet(
                name: name, isComplete: names.contains(manifestName),
                bytes: files.reduce(0) { $0 + $1.bytes }, files: names)
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        text.hasPrefix("backup-") && text.utf8.count == "backup-20261121T095000Z-01234567".utf8.count
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || Set("-TZ".utf8).contains($0)
            }
    }
}
