import CLinux
import Glibc
import Platform
import Primitives
import Secrets

/// What the own database keeps in the data directory beside its log.
struct ServerFolder {
    let path: String
    private let secrets: SecretDirectory

    /// Makes the folder, the data folder, the key file and the passwords where they are missing.
    init(path: String, random: some RandomSource) throws(Failure) {
        self.path = path
        secrets = SecretDirectory(path: path)
        do throws(SystemError) {
            try Folder(path: path).make(mode: getuid() == 0 ? 0o711 : 0o700)
            try Folder(path: path + "/data").make(mode: 0o700)
            let key = PrivateFile(path: path + "/keyfile")
            if try key.read(limit: 1024) == nil {
                try key.replace(with: Array(Base64.standard.encode(random.bytes(756)).utf8), mode: 0o400)
            }
        } catch {
            throw .misconfigured("The database's folder \(path) cannot be used (\(error)).")
        }
    }

    /// The user of that name, whose password is made when first asked for.
    func user(_ name: String, random: some RandomSource) throws(Failure) -> DatabaseUser {
        do {
            let password = try secrets.readOrMake("password-\(name)") {
                Array(Base64.url.encode(random.bytes(32)).utf8)
            }
            return DatabaseUser(name: name, password: String(decoding: password, as: UTF8.self))
        } catch {
            throw .misconfigured("In \(path), \(error).")
        }
    }

    /// Where the server is to listen now; a port is the same as at the last start if it is still free.
    func place() throws(Failure) -> ServerPlace {
        if let socket = ServerPlace.socket(in: path) { return socket }
        let file = PrivateFile(path: path + "/port")
        let last = ((try? file.read(limit: 16)) ?? nil).flatMap { UInt16(String(decoding: $0, as: UTF8.self)) }
        guard let port = LoopbackPort.free(preferring: last) else {
            throw .unavailable("No port of 127.0.0.1 is free for the database.")
        }
        do {
            if port != last { try file.replace(with: Array(String(port).utf8)) }
        } catch {
            throw .misconfigured("The database's folder \(path) cannot be used (\(error)).")
        }
        return .port(port)
    }

    /// Whether a server has the data open, such as one that is still ending.
    var isInUse: Bool {
        let number = unsafe open(path + "/data/mongod.lock", O_RDWR | O_CLOEXEC)
        guard number >= 0 else { return false }
        let file = Descriptor(owning: number)
        return flock(file.number, LOCK_EX | LOCK_NB) != 0
    }
}
