import Glibc
import Platform

/// What functions write in the data directory, which belongs to their user where that is not our own.
struct FunctionFiles {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// Has functions own their files; answers with what the gateway is to be told of their user, and with a warning.
    func prepare() throws(Failure) -> (name: String?, warning: String?) {
        guard getuid() == 0, settings.functionUser != "root" else { return (settings.functionUser, nil) }
        guard let user = settings.functionUser.map(FunctionUser.init(named:)) ?? FunctionUser.usually else {
            guard let name = settings.functionUser else { return (nil, nil) }
            throw .misconfigured("FUNCTION_USER must be an existing user, not \"\(name)\".")
        }
        guard Folder(path: settings.dataDirectory).isOpenToAll else {
            let sentence = "The data directory \(settings.dataDirectory) lies in a folder that is closed to other users"
            guard settings.functionUser == nil else {
                throw .misconfigured("\(sentence), such as FUNCTION_USER \(user.name).")
            }
            return ("root", "\(sentence), so functions run as root; it had better lie elsewhere (DATA_DIR).")
        }
        do throws(SystemError) {
            for name in ["audit-heads", "erasures"] { try give(name, O_RDWR | O_CREAT, to: user) }
            for name in ["snapshots"] + (settings.keepsBackupsInside ? [Settings.backups] : []) {
                try Folder(path: settings.dataDirectory + "/" + name).make(mode: 0o700)
                for name in try give(name, O_RDONLY | O_DIRECTORY, to: user) {
                    try give(name, O_RDONLY | O_DIRECTORY, to: user)
                }
            }
        } catch {
            throw .misconfigured("Functions cannot be given their files in \(settings.dataDirectory) (\(error)).")
        }
        return (settings.functionUser, nil)
    }

    /// A file, or a folder with what lies in it; follows no link. Answers with the folders in it.
    @discardableResult
    private func give(_ name: String, _ flags: CInt, to user: FunctionUser) throws(SystemError) -> [String] {
        let path = settings.dataDirectory + "/" + name
        let number = unsafe open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw SystemError("open \(path)") }
        let entry = Descriptor(owning: number)
        try retryingInterrupts("fchown") { Int(fchown(entry.number, user.id, gid_t.max)) }
        var folders: [String] = []
        guard flags & O_DIRECTORY != 0, let folder = unsafe opendir(path) else { return folders }
        defer { unsafe _ = closedir(folder) }
        while let file = unsafe readdir(folder) {
            unsafe withUnsafePointer(to: &file.pointee.d_name) { given in
                unsafe given.withMemoryRebound(to: CChar.self, capacity: 256) { given in
                    guard unsafe given.pointee != CChar(UInt8(ascii: ".")) else { return }
                    // A file with a second name may be somebody's who knows nothing of this folder.
                    var status = stat()
                    let isKnown = unsafe fstatat(entry.number, given, &status, AT_SYMLINK_NOFOLLOW) == 0
                    let isFolder = status.st_mode & S_IFMT == S_IFDIR
                    guard isKnown, isFolder || status.st_nlink == 1 else { return }
                    unsafe _ = fchownat(entry.number, given, user.id, gid_t.max, AT_SYMLINK_NOFOLLOW)
                    if isFolder { folders.append(name + "/" + (unsafe String(cString: given))) }
                }
            }
        }
        return folders
    }
}
