import Glibc
import Platform
import Primitives

/// A file that is being made: removed with its owner unless it was moved to where it belongs.
final class WorkFile {
    let path: String

    init(in folder: String, random: any RandomSource) {
        path = "\(folder)/.passerelle-\(Hex.encode(random.bytes(8)))"
    }

    deinit {
        unsafe unlink(path)
    }

    /// Makes it, for its owner alone.
    func create() throws(BackupFailure) -> Descriptor {
        let number = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw BackupFailure("\(SystemError("The file \(path): open")).") }
        return Descriptor(owning: number)
    }

    /// Opens it from its beginning.
    func reopen() throws(BackupFailure) -> Descriptor {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else { throw BackupFailure("\(SystemError("The file \(path): open")).") }
        return Descriptor(owning: number)
    }

    /// Makes it with that content, on the disk.
    func create(_ bytes: [UInt8]) throws {
        let file = try create()
        try file.writeAll(bytes)
        try retryingInterrupts("fsync") { Int(fsync(file.number)) }
    }
}
