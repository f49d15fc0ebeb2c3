import Glibc
public import PasswordHashing
public import Runtime

/// The host's slots for password hashing: as many as processors, shared by all workers of one user.
enum HostSlots {
    /// The slots in `HASH_SLOTS_PATH` (by default a folder of the user's own under /tmp), `HASH_SLOTS` of them.
    static func prepare(_ environment: FunctionEnvironment) throws(SetUpFailure) -> HashSlots {
        let processors = max(1, min(256, sysconf(CInt(_SC_NPROCESSORS_ONLN))))
        let count = try environment.number("HASH_SLOTS", default: processors, in: 1...256)
        let path = environment.variables["HASH_SLOTS_PATH"] ?? "/tmp/passerelle-hash-slots-\(geteuid())"
        if unsafe mkdir(path, 0o700) == -1 && errno != EEXIST || !isOwn(path) {
            throw .configuration("The folder \(path) for the hashing slots cannot be used; set HASH_SLOTS_PATH.")
        }
        return HashSlots(directory: path, count: count)
    }

    /// Whether `path` is a folder of this user's, so that nobody else can hold the slots.
    private static func isOwn(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
    }
}

extension PasswordHashError: FailureConvertible {
    /// 503 where all slots are taken; anything else stays a bare 500.
    public var functionFailure: FunctionFailure? {
        self == .busy ? .overloaded(retryAfter: 1) : nil
    }
}
