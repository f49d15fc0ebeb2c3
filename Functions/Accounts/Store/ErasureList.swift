import BSON
import Glibc
import MongoDB
import Platform
import Primitives
import Runtime

/// What was erased, kept outside the database and beside every backup, so that a restore cannot bring it back: a file
/// named by `ERASURES_PATH`, one line for each account with its id, its data key's id and the time.
struct ErasureList {
    private let path: String?

    init(_ environment: FunctionEnvironment) {
        path = environment.variables["ERASURES_PATH"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Appends what is not listed yet, synced to the disk before it is marked; does nothing without a path.
    func append(from erasures: MongoCollection) throws {
        guard let path else { return }
        for erasure in try erasures.find(["listed": false], limit: 1000) {
            guard let account = erasure["_id"]?.id, let key = erasure["keyId"]?.id, let at = erasure["at"]?.date else {
                continue
            }
            try append("\(account) \(key) \(at)\n", to: path)
            try erasures.update(["_id": .id(account)], ["$set": ["listed": true]])
        }
    }

    private func append(_ line: String, to path: String) throws(SystemError) {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        let file = Descriptor(owning: CInt(try retryingInterrupts("open") { unsafe Int(open(path, flags, 0o600)) }))
        try file.writeAll(Array(line.utf8))
        try retryingInterrupts("fsync") { Int(fsync(file.number)) }
    }
}
