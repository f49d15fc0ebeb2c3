public import Audit
public import BSON
public import BackupContainer
public import BackupStores
import MongoDB
import Platform
public import Primitives

/// A backup that was fetched and looked through to its end; it can be written into an empty database.
public struct BackupRestore {
    /// Its name in the store.
    public let name: String
    /// When it was begun.
    public let at: Timestamp
    /// How many documents it holds.
    public let documents: Int64
    /// What was erased, as the lists beside all backups and the one on this machine say together.
    public let erasures: Set<Erasure>

    private let parts: [WorkFile]
    private let privateKey: BackupPrivateKey
    private let seal: BackupSeal

    /// Fetches a backup, the newest one without a name, and checks all of it before anything is written anywhere.
    ///
    /// `opens` says of each data key whether the master key at hand opens it. Throws ``BackupFailure``, also where
    /// no list of erased accounts is beside the backups, unless told to go on without one.
    public init(
        _ wanted: String?, from store: any BackupStore, with privateKey: BackupPrivateKey, keys: AuditKeys,
        workFolder: String, erasuresPath: String?, needsErasures: Bool, random: any RandomSource,
        opens: (Document) -> Bool?
    ) throws {
        do {
            let sets = try BackupSet.all(in: store)
            guard let set = sets.last(where: { $0.isComplete && (wanted == nil || $0.name == wanted) }) else {
                throw BackupFailure("There is no backup \(wanted.map { "\($0) " } ?? "")in \(store.name).")
            }
            self.privateKey = privateKey
            seal = BackupSeal(keys)
            name = set.name
            erasures = try Self.erasures(
                sets, set, store, keys, workFolder, LocalErasures(path: erasuresPath), needsErasures, random)
            var fetched: [WorkFile] = []
            for (kind, _) in BackupMaker.databases {
                let file = WorkFile(in: workFolder, random: random)
                try store.get("\(set.name)/\(BackupSet.fileName(kind))", into: file.create())
                fetched.append(file)
            }
            parts = fetched
            (at, documents) = try Self.check(fetched, privateKey, seal, opens)
        } catch {
            throw BackupFailure(error)
        }
    }

    /// Hands over the records of both parts; throws what `body` throws.
    func forEach(_ body: (BackupRecord) throws -> Void) throws {
        for file in parts {
            var reader = try BackupReader(file.reopen(), with: privateKey, by: seal)
            while let record = try reader.next() { try body(record) }
        }
    }

    private static func check(
        _ files: [WorkFile], _ privateKey: BackupPrivateKey, _ seal: BackupSeal, _ opens: (Document) -> Bool?
    ) throws -> (Timestamp, Int64) {
        var first: BackupPart?
        var documents: Int64 = 0
        for (file, (kind, database)) in zip(files, BackupMaker.databases) {
            var reader = try BackupReader(file.reopen(), with: privateKey, by: seal)
            let part = reader.part
            guard part.kind == kind, part.backup == first?.backup ?? part.backup else { throw BackupError.misplaced }
            first = first ?? part
            var count: Int64 = 0
            var name = ""
            while let record = try reader.next() {
                switch record {
                case .collection(let collection):
                    guard collection.database == database else { throw BackupError.misplaced }
                    name = collection.name
                case .document(let document):
                    count += 1
                    if kind == .keys, name == "__keyVault", opens(document) == false {
                        throw BackupFailure("The secret master-key is not the one that the backup's data keys need.")
                    }
                case .end(let expected):
                    guard count == expected else { throw BackupError.damaged }
                }
            }
            documents += count
        }
        guard let first else { throw BackupError.damaged }
        return (first.at, documents)
    }

    private static func erasures(
        _ sets: [BackupSet], _ wanted: BackupSet, _ store: any BackupStore, _ keys: AuditKeys, _ workFolder: String,
        _ local: LocalErasures, _ isNeeded: Bool, _ random: any RandomSource
    ) throws -> Set<Erasure> {
        var all = try local.read()
        guard wanted.files.contains(BackupSet.erasuresName) || !isNeeded else {
            throw BackupFailure(
                "The list of erased accounts is not beside the backup \(wanted.name), so erased accounts would come "
                    + "back: put it there, or say --without-erasures.")
        }
        for set in sets where set.files.contains(BackupSet.erasuresName) {
            let file = WorkFile(in: workFolder, random: random)
            try store.get("\(set.name)/\(BackupSet.erasuresName)", into: file.create())
            let bytes = try file.reopen().readAll(limit: 256 << 20) ?? []
            all.formUnion(try ErasureFile.read(bytes, keys))
        }
        return all
    }
}
