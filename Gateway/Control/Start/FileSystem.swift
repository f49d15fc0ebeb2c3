import CLinux
import Glibc
import Platform

/// Questions about files, asked once at the start.
enum FileSystem {
    /// The system's words for the last error.
    static var words: String { SystemError("").description.replacing(": ", with: "") }

    static func isProgram(_ path: String) -> Bool {
        unsafe access(path, X_OK) == 0 && mode(path) == S_IFREG
    }

    static func isFolder(_ path: String) -> Bool {
        let isFolder = mode(path) == S_IFDIR
        if !isFolder { errno = ENOTDIR }
        return isFolder
    }

    /// Makes a folder that everybody may look into, and those above it; whether it is there.
    static func makeFolder(_ path: String) -> Bool {
        if isFolder(path) { return true }
        let parent = folder(of: path)
        guard parent != path, makeFolder(parent) else { return false }
        return unsafe mkdir(path, 0o755) == 0 || isFolder(path)
    }

    static func isReadable(_ path: String) -> Bool {
        unsafe access(path, R_OK) == 0
    }

    /// The path from the root, links left as they are.
    static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard let folder = unsafe getcwd(&buffer, buffer.count) else { return path }
        return unsafe String(cString: folder) + "/" + path
    }

    /// The folder that a path's last part stands in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The whole of a file, at most `limit` bytes; `nil` where it cannot be read or is larger.
    static func read(_ path: String, limit: Int) -> [UInt8]? {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        return (try? file.readAll(limit: limit)) ?? nil
    }

    /// Whether a text stands in a file.
    static func holds(_ path: String, _ text: String) -> Bool {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return false }
        let file = Descriptor(owning: number)
        return unsafe clinux_holds(file.number, text) == 1
    }

    /// The executable that runs.
    static var ownProgram: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// What lies in a folder.
    static func names(in path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a folder with all that is in it, or a file; follows no link.
    static func remove(_ path: String) {
        guard unsafe unlink(path) == -1, errno == EISDIR else { return }
        for name in names(in: path) { remove(path + "/" + name) }
        unsafe _ = rmdir(path)
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
