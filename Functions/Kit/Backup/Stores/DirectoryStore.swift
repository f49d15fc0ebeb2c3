import Glibc
public import Platform

/// A directory that keeps backups, such as one that is mounted from another machine.
public struct DirectoryStore: BackupStore {
    private let path: String

    /// The directory at an absolute path, made where it is missing.
    public init(path: String) throws(BackupStoreError) {
        guard path.hasPrefix("/") else {
            throw .configuration("BACKUP_TARGET must be an absolute path or s3://bucket/prefix.")
        }
        self.path = path
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw Self.failure("mkdir \(path)") }
    }

    /// The directory's path.
    public var name: String { path }

    /// The directory itself, so that a file gets its name at once.
    public var workFolder: String { path }

    /// Moves the file; it is there after a crash.
    public func put(_ name: String, from source: String) throws(BackupStoreError) {
        let place = try place(name)
        let folder = String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)])
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw Self.failure("mkdir \(folder)") }
        for each in [folder, source] { giveToOwner(each) }
        guard unsafe rename(source, place) == 0 else { throw Self.failure("rename \(place)") }
        for each in [folder, path] { try Self.sync(each) }
    }

    /// What root puts there belongs to whom the directory does, who may have to remove it.
    private func giveToOwner(_ entry: String) {
        var status = stat()
        guard geteuid() == 0, unsafe stat(path, &status) == 0, status.st_uid != 0 else { return }
        unsafe _ = lchown(entry, status.st_uid, status.st_gid)
    }

    /// Copies it.
    public func get(_ name: String, into file: borrowing Descriptor) throws(BackupStoreError) {
        let number = unsafe open(try place(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else {
            if errno == ENOENT { throw .missing("\(path)/\(name)") }
            throw Self.failure("open \(name)")
        }
        let source = Descriptor(owning: number)
        do {
            while true {
                var piece: [UInt8] = []
                try source.append(to: &piece, atMost: 1 << 20)
                if piece.isEmpty { return }
                try file.writeAll(piece)
            }
        } catch {
            throw .failed("\(path)/\(name): \(error)")
        }
    }

    /// All files in its folders.
    public func list() throws(BackupStoreError) -> [BackupFile] {
        var files: [BackupFile] = []
        for folder in try entries(of: path) where !folder.hasPrefix(".") {
            for file in (try? entries(of: "\(path)/\(folder)")) ?? [] {
                var status = stat()
                guard unsafe lstat("\(path)/\(folder)/\(file)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                    continue
                }
                files.append(BackupFile(name: "\(folder)/\(file)", bytes: Int64(status.st_size)))
            }
        }
        return files
    }

    /// Removes it, and its folder with the last of its files.
    public func remove(_ name: String) throws(BackupStoreError) {
        let place = try place(name)
        if unsafe unlink(place) != 0, errno != ENOENT { throw Self.failure("unlink \(place)") }
        unsafe rmdir(String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]))
    }

    private func place(_ name: String) throws(BackupStoreError) -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
            throw .configuration("\(name) is no name of a backup's file.")
        }
        return "\(path)/\(name)"
    }

    private func entries(of folder: String) throws(BackupStoreError) -> [String] {
        guard let directory = unsafe opendir(folder) else { throw Self.failure("opendir \(folder)") }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func sync(_ folder: String) throws(BackupStoreError) {
        let number = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw failure("open \(folder)") }
        let directory = Descriptor(owning: number)
        guard fsync(directory.number) == 0 else { throw failure("fsync \(folder)") }
    }

    private static func failure(_ call: String) -> BackupStoreError {
        .failed("\(SystemError(call))")
    }
}
