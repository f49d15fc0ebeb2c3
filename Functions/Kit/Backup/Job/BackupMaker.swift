public import Audit
import BSON
public import BackupContainer
public import BackupStores
import JSON
public import MongoDB
import Platform
public import Primitives

/// Makes backups of an installation's database, in constant memory.
public struct BackupMaker {
    /// What came of one.
    public struct Report: Sendable {
        /// Its name in the store.
        public let name: String
        /// How many documents it holds.
        public let documents: Int64
        /// The length of its files together.
        public let bytes: Int64
    }

    static let databases: [(kind: BackupPart.Kind, database: String)] = [(.data, "passerelle"), (.keys, "encryption")]

    private let client: MongoClient
    private let store: any BackupStore
    private let recipient: BackupPublicKey
    private let keys: AuditKeys
    private let erasuresPath: String?
    private let random: any RandomSource

    /// Encrypts for `recipient`; `erasuresPath` is the list of erased accounts outside the database, if there is one.
    public init(
        client: MongoClient, store: any BackupStore, recipient: BackupPublicKey, keys: AuditKeys,
        erasuresPath: String?, random: any RandomSource
    ) {
        self.client = client
        self.store = store
        self.recipient = recipient
        self.keys = keys
        self.erasuresPath = erasuresPath
        self.random = random
    }

    /// Makes one and puts it into the store; throws ``BackupFailure``.
    public func make(at now: Timestamp) throws -> Report {
        do {
            return try makeAll(at: now)
        } catch {
            throw BackupFailure(error)
        }
    }

    /// Removes what need not be kept; gives how many there were.
    public func retain(_ retention: Retention, at now: Timestamp) throws -> Int {
        do {
            let expired = retention.expired(try BackupSet.all(in: store), at: now)
            for set in expired {
                // The manifest goes first, so that what a crash leaves is no backup.
                for file in set.files.sorted(by: { left, _ in left == BackupSet.manifestName }) {
                    try store.remove("\(set.name)/\(file)")
                }
            }
            return expired.count
        } catch {
            throw BackupFailure(error)
        }
    }

    private func makeAll(at now: Timestamp) throws -> Report {
        let id = UniqueID(at: now, random: random)
        let name = BackupSet.newName(id, at: now)
        let reader = SnapshotReader(client: client)
        var files: [(name: String, file: WorkFile, bytes: Int64)] = []
        var documents: Int64 = 0
        try reader.fixInstant()
        for (kind, database) in Self.databases {
            let part = BackupPart(kind: kind, backup: id, at: now, clusterTime: reader.clusterTime ?? .null)
            let file = WorkFile(in: store.workFolder, random: random)
            let (bytes, count) = try write(part, reader.collections(in: database), from: reader, to: file)
            documents += count
            files.append((BackupSet.fileName(kind), file, bytes))
        }
        let list = ErasureFile.text(try erasures(), keys)
        files.append((BackupSet.erasuresName, try workFile(list), Int64(list.count)))
        let manifest = manifest(id, now, documents, files.map { ($0.name, $0.bytes) })
        files.append((BackupSet.manifestName, try workFile(manifest), Int64(manifest.count)))
        for file in files { try store.put("\(name)/\(file.name)", from: file.file.path) }
        return Report(name: name, documents: documents, bytes: files.reduce(0) { $0 + $1.bytes })
    }

    private func write(
        _ part: BackupPart, _ collections: [BackupCollection], from reader: SnapshotReader, to file: WorkFile
    ) throws -> (bytes: Int64, documents: Int64) {
        var writer = try BackupWriter(part, for: recipient, by: BackupSeal(keys), into: file.create())
        var count: Int64 = 0
        for collection in collections {
            try writer.append(.collection(collection))
            try reader.forEach(collection) { (document) throws(WritingError) in
                count += 1
                do throws(BackupError) {
                    try writer.append(.document(document))
                } catch {
                    throw .container(error)
                }
            }
        }
        try writer.append(.end(documents: count))
        return (try writer.finish(), count)
    }

    /// What has been erased until now, also since the instant that the backup shows.
    private func erasures() throws -> Set<Erasure> {
        var erasures = try LocalErasures(path: erasuresPath).read()
        let listed = BackupCollection(database: "passerelle", name: "erasures", indexes: [])
        try SnapshotReader(client: client).forEach(listed) { (document) throws(MongoError) in
            guard let account = document["_id"]?.id, let key = document["keyId"]?.id, let at = document["at"]?.date
            else { return }
            erasures.insert(Erasure(account: account, key: key, at: at))
        }
        return erasures
    }

    private func workFile(_ bytes: [UInt8]) throws -> WorkFile {
        let file = WorkFile(in: store.workFolder, random: random)
        try file.create(bytes)
        return file
    }

    private func manifest(
        _ id: UniqueID, _ now: Timestamp, _ documents: Int64, _ files: [(name: String, bytes: Int64)]
    ) -> [UInt8] {
        let lengths = files.map { ($0.name, JSONValue.integer($0.bytes)) }
        return JSONValue.object(
            JSONObject([
                ("version", 1), ("backup", .string(id.description)), ("at", .string(now.description)),
                ("documents", .integer(documents)), ("recipient", .string(recipient.text)),
                ("files", .object(JSONObject(lengths))),
            ])
        ).text
    }
}

/// What goes wrong while documents are handed over.
enum WritingError: StoreFailure {
    case store(MongoError)
    case container(BackupError)
}

extension BackupSeal {
    /// Signs with the audit key.
    init(_ keys: AuditKeys) {
        self.init(
            sign: { keys.sign($0, for: "backup") },
            isOurs: { keys.isSigned($1, for: "backup", keyID: $0.keyID, mac: $0.mac) })
    }
}
