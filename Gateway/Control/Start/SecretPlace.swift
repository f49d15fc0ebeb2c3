import CLinux
import Glibc
import Platform

/// A gateway's folder for copies of secrets; locked while the gateway lives, so that a later one knows what was left.
final class SecretPlace {
    private static let parent = "/run/passerelle"

    let path: String
    private let lock: Descriptor

    /// Makes the folder, and removes those of gateways that were killed.
    static func make() throws(StartFailure) -> SecretPlace {
        do throws(SystemError) {
            return try SecretPlace()
        } catch {
            throw .temporary("The folder for the functions' secrets cannot be made (\(error)).")
        }
    }

    /// The parent is locked until the new folder is, so that nobody takes that for one that was left.
    private init() throws(SystemError) {
        guard unsafe mkdir(Self.parent, 0o711) == 0 || errno == EEXIST else { throw SystemError("mkdir") }
        let all = try Self.open(Self.parent)
        fchmod(all.number, 0o711)
        try retryingInterrupts("flock") { Int(flock(all.number, LOCK_EX)) }
        Self.removeLeftovers()
        var name = Array("\(Self.parent)/XXXXXX".utf8CString)
        guard unsafe mkdtemp(&name) != nil else { throw SystemError("mkdtemp") }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        lock = try Self.open(path)
        fchmod(lock.number, 0o711)
        guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError("flock") }
    }

    func remove() {
        FileSystem.remove(path)
    }

    private static func removeLeftovers() {
        for name in FileSystem.names(in: parent) {
            let path = parent + "/" + name
            guard let folder = try? open(path), flock(folder.number, LOCK_EX | LOCK_NB) == 0 else { continue }
            FileSystem.remove(path)
        }
    }

    /// Opens a folder of root's own, and no link to one.
    private static func open(_ path: String) throws(SystemError) -> Descriptor {
        let number = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open \(path)") }
        let folder = Descriptor(owning: number)
        var status = stat()
        guard unsafe fstat(number, &status) == 0, status.st_uid == 0, status.st_mode & 0o022 == 0 else {
            throw SystemError("open \(path)", number: EPERM)
        }
        return folder
    }
}
