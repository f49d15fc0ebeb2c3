import Glibc
import Platform

extension SecretDirectory {
    /// Opens the plain file that holds `name`.
    ///
    /// No link is followed but the two that Kubernetes makes for a mounted secret: `name` to `..data/name`, and
    /// `..data` to a folder beside it. Both are resolved here, one at a time, so that nothing leads out.
    func open(_ name: String) throws(SecretError) -> Descriptor {
        do throws(SystemError) {
            let directory = try openDirectory()
            let file = try Self.open(name, in: directory)
            guard try Self.isPlainFile(file) else { throw SystemError("open", number: ELOOP) }
            return file
        } catch {
            throw Self.secretError(error, name)
        }
    }

    func openDirectory() throws(SystemError) -> Descriptor {
        let number = try retryingInterrupts("open") { unsafe Int(Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) }
        return Descriptor(owning: CInt(number))
    }

    static func secretError(_ error: SystemError, _ name: String) -> SecretError {
        switch error.number {
        case ENOENT: .missing(name)
        case ELOOP, ENXIO: .notAFile(name)
        case EEXIST: .alreadyThere(name)
        default: .inaccessible(name, error)
        }
    }

    private static func open(_ name: String, in directory: borrowing Descriptor) throws(SystemError) -> Descriptor {
        if let mounted = try openAsKubernetesMounts(name, in: directory) { return mounted }
        return try openPlain(name, in: directory)
    }

    private static func openAsKubernetesMounts(
        _ name: String, in directory: borrowing Descriptor
    ) throws(SystemError) -> Descriptor? {
        guard linkTarget(of: name, in: directory) == "..data/\(name)",
            let folder = linkTarget(of: "..data", in: directory), folder.hasPrefix(".."), folder.count > 2,
            !folder.contains("/")
        else { return nil }
        let data = try open(folder, O_RDONLY | O_DIRECTORY, in: directory)
        return try openPlain(name, in: data)
    }

    /// Does not wait for a writer where `name` is a pipe.
    private static func openPlain(
        _ name: String, in directory: borrowing Descriptor
    ) throws(SystemError) -> Descriptor {
        try open(name, O_RDONLY | O_NONBLOCK, in: directory)
    }

    private static func open(
        _ name: String, _ flags: CInt, in directory: borrowing Descriptor
    ) throws(SystemError) -> Descriptor {
        let number = try retryingInterrupts("open") {
            unsafe Int(openat(directory.number, name, flags | O_CLOEXEC | O_NOFOLLOW))
        }
        return Descriptor(owning: CInt(number))
    }

    private static func linkTarget(of name: String, in directory: borrowing Descriptor) -> String? {
        var target = [CChar](repeating: 0, count: 256)
        let length = unsafe readlinkat(directory.number, name, &target, target.count)
        guard (1..<target.count).contains(length) else { return nil }
        return String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func isPlainFile(_ file: borrowing Descriptor) throws(SystemError) -> Bool {
        var status = stat()
        try retryingInterrupts("fstat") { unsafe Int(fstat(file.number, &status)) }
        return status.st_mode & S_IFMT == S_IFREG
    }
}
