import GatewayStack
import Glibc
import Platform

/// The folder that holds the secrets, one file each.
struct SecretFolder {
    private static let readLimit = 1 << 20
    private static let mostNames = 10_000
    /// What an installation lives by, whoever writes it; a former one (`NAME-previous`) still opens doors.
    private static let own: Set = [
        "master-key", "pepper", "audit-key", "internal-key", "webhook-key", "token-key", "basic-auth-user",
        "basic-auth-password", "mongodb-uri", "kms", "smtp-password", "backup-store", "backup-public-key",
        "backup-private-key",
    ]
    private static let former = "-previous"

    let path: String

    /// True for a secret that is the installation's own.
    static func isOwn(_ name: String) -> Bool {
        own.contains(name.hasSuffix(former) ? String(name.dropLast(former.count)) : name)
    }

    /// The names of the secrets that are there, in order.
    func names() -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while names.count < Self.mostNames, let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if Names.isSecret(name), !FileSystem.isFolder(path + "/" + name) { names.append(name) }
        }
        return names.sorted()
    }

    /// What a secret holds; `nil` where there is none of that name.
    func read(_ name: String) -> [UInt8]? {
        FileSystem.read(path + "/" + name, limit: Self.readLimit)
    }

    func contains(_ name: String) -> Bool {
        FileMark(path: path + "/" + name) != nil
    }

    /// Puts a secret there in one go, for its owner alone: readers meet the old content or the new.
    func write(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
        let draft = "\(path)/.\(name).draft"
        unsafe unlink(draft)
        let number = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        guard number >= 0 else { throw SystemError("open") }
        let file = Descriptor(owning: number)
        try file.writeAll(bytes)
        guard fsync(file.number) == 0, unsafe rename(draft, "\(path)/\(name)") == 0 else {
            let error = SystemError("write")
            unsafe unlink(draft)
            throw error
        }
    }

    func remove(_ name: String) throws(SystemError) {
        guard unsafe unlink("\(path)/\(name)") == 0 else { throw SystemError("unlink") }
    }
}
