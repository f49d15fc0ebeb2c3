import Glibc
import Platform
import Primitives

extension SecretDirectory {
    /// Makes the secret `name` with mode 0600, whole and on the disk or not at all; throws `.alreadyThere` rather
    /// than replace one, also where another process makes it at the same moment.
    public func make(_ name: String, _ bytes: [UInt8]) throws(SecretError) {
        try Self.checkName(name)
        guard (1...Self.longest).contains(bytes.count) else { throw .badLength(name) }
        do {
            let directory = try openDirectory()
            try Self.make(name, bytes, in: directory)
        } catch {
            // A missing directory must not read as a missing secret.
            throw error.number == ENOENT ? .inaccessible(name, error) : Self.secretError(error, name)
        }
    }

    /// The secret `name`, made by `bytes` where it is not there yet; what another process made first wins.
    public func readOrMake(_ name: String, _ bytes: () -> [UInt8]) throws(SecretError) -> [UInt8] {
        if let present = try readIfPresent(name) { return present }
        do {
            try make(name, bytes())
        } catch {
            guard error == .alreadyThere(name) else { throw error }
        }
        return try read(name)
    }

    /// Fills a file of another name, then links it to its own, which the kernel does only where that one is free.
    private static func make(
        _ name: String, _ bytes: [UInt8], in directory: borrowing Descriptor
    ) throws(SystemError) {
        let draft = ".\(name).\(Hex.encode(SystemRandom().bytes(8)))"
        let number = try retryingInterrupts("open") {
            unsafe Int(openat(directory.number, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600))
        }
        let file = Descriptor(owning: CInt(number))
        defer { unsafe unlinkat(directory.number, draft, 0) }
        try file.writeAll(bytes)
        try retryingInterrupts("fsync") { Int(fsync(file.number)) }
        try retryingInterrupts("link") { unsafe Int(linkat(directory.number, draft, directory.number, name, 0)) }
        try retryingInterrupts("fsync") { Int(fsync(directory.number)) }
    }
}
