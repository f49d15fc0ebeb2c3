import GatewayStack
import GatewayWorkers
import Glibc
import Platform

/// Copies of the secrets for functions that run as a user without rights, a folder for each function.
///
/// All run as one user, so that they share what they write, but each in a group of its own: the folder opens to that
/// group alone, and processes of different groups may not look into each other (ptrace(2), proc(5)).
final class PrivateSecrets {
    /// Numbers for groups that last no longer than their processes, as systemd takes them, too.
    private static let groups: ClosedRange<UInt32> = 61_184...65_519

    private let user: FunctionUser
    private let source: String
    private let place: SecretPlace
    /// The path that functions of any platform know, where each can see its own there.
    private let shownAt: String?
    private var nextGroup: UInt32
    private var copies: [String: FunctionSecrets] = [:]

    /// Makes room for copies of what is in the folder `source`; `shownAt` is where functions see their own, too.
    init(of user: FunctionUser, source: String, shownAt: String?) throws(StartFailure) {
        self.user = user
        self.source = source
        self.shownAt = shownAt
        place = try SecretPlace.make()
        nextGroup = UInt32.random(in: Self.groups)
    }

    /// What a function's processes are confined to; its copies are there then.
    func confinement(of definition: FunctionDefinition) throws(StartFailure) -> Confinement {
        let own = try folder(for: definition.name)
        own.names = Self.names(definition)
        do throws(SystemError) {
            try own.update(from: source)
        } catch {
            throw .temporary("The function \(definition.name) cannot be given its secrets (\(error)).")
        }
        return Confinement(user: user.id, group: own.group, ownSecrets: own.path, view: own.view?.number)
    }

    /// Copies what has changed; answers with the functions that could not be given it, and why.
    func update() -> [(function: String, why: SystemError)] {
        copies.compactMap { name, own in
            do throws(SystemError) {
                try own.update(from: source)
                return nil
            } catch {
                return (name, error)
            }
        }
    }

    /// Removes everything.
    func remove() {
        place.remove()
    }

    private func folder(for function: String) throws(StartFailure) -> FunctionSecrets {
        if let own = copies[function] { return own }
        defer { nextGroup = nextGroup == Self.groups.upperBound ? Self.groups.lowerBound : nextGroup + 1 }
        do throws(SystemError) {
            let own = try FunctionSecrets(path: place.path + "/" + function, group: nextGroup, shownAt: shownAt)
            copies[function] = own
            return own
        } catch {
            throw .temporary("The function \(function) cannot be given a folder for its secrets (\(error)).")
        }
    }

    /// What it declares, what may be there, the former ones during a rotation, and what can stand for a master key.
    private static func names(_ definition: FunctionDefinition) -> [String] {
        var names = definition.secrets + definition.settings.optionalSecrets
        names += names.map { $0 + "-previous" }
        if names.contains("master-key") { names.append("kms") }
        return names
    }
}

/// One function's folder.
private final class FunctionSecrets {
    let path: String
    let group: gid_t
    var names: [String] = []
    /// Where the function finds it at the path that is known everywhere, too.
    let view: FileView?
    private var marks: [String: FileMark] = [:]

    init(path: String, group: gid_t, shownAt: String?) throws(SystemError) {
        self.path = path
        self.group = group
        guard unsafe mkdir(path, 0o700) == 0, unsafe chown(path, 0, group) == 0, unsafe chmod(path, 0o550) == 0 else {
            throw SystemError("mkdir \(path)")
        }
        view = try shownAt.map { known throws(SystemError) in try FileView(showing: path, at: known) }
    }

    func update(from source: String) throws(SystemError) {
        for name in marks.keys where !names.contains(name) { remove(name) }
        for name in names {
            let mark = FileMark(path: source + "/" + name)
            if mark == nil { remove(name) } else if mark != marks[name] { try copy(name, mark, from: source) }
        }
    }

    /// Readers meet the former content or the new.
    private func copy(_ name: String, _ mark: FileMark?, from source: String) throws(SystemError) {
        guard let bytes = FileSystem.read(source + "/" + name, limit: 1 << 20) else {
            throw SystemError("read \(name)")
        }
        let draft = path + "/." + name
        _ = unsafe unlink(draft)
        let number = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o400)
        guard number >= 0 else { throw SystemError("open \(name)") }
        let file = Descriptor(owning: number)
        try file.writeAll(bytes)
        guard fchown(number, 0, group) == 0, fchmod(number, 0o440) == 0, unsafe rename(draft, path + "/" + name) == 0
        else { throw SystemError("rename \(name)") }
        marks[name] = mark
    }

    private func remove(_ name: String) {
        guard marks.removeValue(forKey: name) != nil else { return }
        _ = unsafe unlink(path + "/" + name)
    }
}
