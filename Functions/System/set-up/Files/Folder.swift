import Glibc
import Platform

/// A folder of the data directory.
struct Folder {
    let path: String

    /// Makes it, and those that it lies in, where they are missing; an existing one keeps its mode.
    func make(mode: mode_t) throws(SystemError) {
        if isFolder { return }
        let parent = Folder(path: parentPath)
        if !parent.isFolder { try parent.make(mode: mode) }
        guard unsafe mkdir(path, 0o700) == 0 else {
            if errno == EEXIST, isFolder { return }
            throw SystemError("mkdir \(path)")
        }
        try retryingInterrupts("chmod") { unsafe Int(chmod(path, mode)) }
    }

    /// Whether any user may pass through it and all folders above it.
    var isOpenToAll: Bool {
        guard let status, status.st_mode & S_IXOTH != 0 else { return false }
        return path == "/" || Folder(path: parentPath).isOpenToAll
    }

    private var isFolder: Bool {
        status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    private var status: stat? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status : nil
    }

    private var parentPath: String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }
}
