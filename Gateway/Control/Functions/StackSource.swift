import GatewayStack

/// The stack file and the files that it names, read again when one of them changes.
final class StackSource {
    private let path: String
    private let environment: [String: String]
    /// The files that were read last, and what they were then.
    private var marks: [String: FileMark?] = [:]
    private var seen: [String: FileMark?]?

    /// `environment` is for `${…}` in the file.
    init(path: String, environment: [String: String]) {
        self.path = path
        self.environment = environment
    }

    /// Reads the file; throws in one sentence why it cannot be used.
    func read() throws(StartFailure) -> StackFile {
        seen = nil
        var read: [String: FileMark?] = [path: FileMark(path: path)]
        defer { marks = read }
        guard let bytes = FileSystem.read(path, limit: StackFile.sizeLimit) else {
            throw .configuration("The stack file \(path) cannot be read (\(FileSystem.words)).")
        }
        let folder = FileSystem.folder(of: path)
        do {
            return try StackFile(parsing: bytes, environment: environment) { named in
                let file = named.hasPrefix("/") ? named : folder + "/" + named
                read[file] = FileMark(path: file)
                return FileSystem.read(file, limit: StackFile.sizeLimit)
            }
        } catch {
            throw .configuration("The stack file \(path) cannot be used: \(error).")
        }
    }

    /// Every fault of the file; none where it cannot be read at all, which `read()` says.
    func faults() -> [StackError] {
        guard let bytes = FileSystem.read(path, limit: StackFile.sizeLimit) else { return [] }
        let folder = FileSystem.folder(of: path)
        return StackFile.faults(in: bytes, environment: environment) { named in
            FileSystem.read(named.hasPrefix("/") ? named : folder + "/" + named, limit: StackFile.sizeLimit)
        }
    }

    /// True once one of the files differs from what was read, and has not changed between two looks.
    func hasChanged() -> Bool {
        var present: [String: FileMark?] = [:]
        for path in marks.keys { present[path] = FileMark(path: path) }
        guard present != marks else {
            seen = nil
            return false
        }
        defer { seen = present }
        return seen == present
    }
}
