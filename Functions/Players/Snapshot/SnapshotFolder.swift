import Glibc
public import Platform

/// Where snapshots lie: one file for each week, and a lock that one keeper holds.
public struct SnapshotFolder: Sendable {
    /// Absolute.
    public let path: String
    private static let prefix = "players-"
    private static let suffix = ".snapshot"

    /// Makes the folder where it is missing, for this user alone.
    public init(path: String) throws(SystemError) {
        self.path = path
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemError("mkdir") }
        guard unsafe access(path, R_OK | W_OK | X_OK) == 0 else { throw SystemError("access") }
    }

    /// The file of the week that begins at that second.
    public func file(week: Int64) -> String {
        path + "/" + Self.prefix + String(week) + Self.suffix
    }

    /// The keeper's lock; `nil` while another has it. It is given back when the value goes, also by the process's end.
    public func takeLock() throws(SystemError) -> KeeperLock? {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let number = try retryingInterrupts("open") { unsafe Int(open(path + "/keeper", flags, 0o600)) }
        let file = Descriptor(owning: CInt(number))
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw SystemError("flock") }
            return nil
        }
        return KeeperLock(file)
    }

    /// Removes the files of other weeks than those.
    public func remove(allBut weeks: [Int64]) {
        let kept = weeks.map { Self.prefix + String($0) + Self.suffix }
        for name in names where name.hasPrefix(Self.prefix) && !kept.contains(name) {
            unsafe _ = unlink(path + "/" + name)
        }
    }

    private var names: [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe _ = closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }
}

/// What the one keeper of a folder holds.
public struct KeeperLock: ~Copyable {
    private let file: Descriptor

    init(_ file: consuming Descriptor) {
        self.file = file
    }
}
