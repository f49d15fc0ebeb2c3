import Glibc
import Platform

/// The list of erased accounts that is kept outside the database on this machine.
struct LocalErasures {
    private static let longest = 256 << 20

    let path: String?

    /// What it says; nothing where there is no list, since it begins with the first erasure.
    func read() throws -> Set<Erasure> {
        guard let path else { return [] }
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else {
            if errno == ENOENT { return [] }
            throw BackupFailure("\(SystemError("The list of erased accounts \(path): open")).")
        }
        guard let bytes = try Descriptor(owning: number).readAll(limit: Self.longest) else {
            throw BackupFailure("The list of erased accounts \(path) is too long.")
        }
        return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { Erasure(line: $0) })
    }
}
