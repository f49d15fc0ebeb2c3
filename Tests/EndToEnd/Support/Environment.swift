import Foundation

/// Where the things lie that the tests run against.
enum Environment {
    /// The repository.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// A built program: from `PASSERELLE_BINARIES`, or from beside the tests.
    static func program(_ name: String) throws -> String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let started = CommandLine.arguments.map { folder(of: $0) }
        let named = ProcessInfo.processInfo.environment["PASSERELLE_BINARIES"].map { [$0] }
        return try find(
            (named ?? [folder(of: tests)] + started).map { $0 + "/" + name },
            or: "The program \(name) is not beside the tests: build the package first.")
    }

    /// A command of the system's.
    static func command(_ name: String, package: String) throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try find(
            path.split(separator: ":").map { "\($0)/\(name)" },
            or: "The command \(name) is missing: install Debian's package \(package), or run \"make test\".")
    }

    /// A program of the tests' Python environment: from `PASSERELLE_VENV`, or the one that `make test` makes.
    static func python(_ name: String = "python") throws -> String {
        let given = ProcessInfo.processInfo.environment["PASSERELLE_VENV"]
        return try find(
            ["\(given ?? root + "/.tools/venv")/bin/\(name)"],
            or: "The tests' Python environment has no \(name): run Gateway/Deploy/local/make-venv, or \"make test\".")
    }

    /// The folder of the MongoDB server that was fetched, to look in behind the PATH.
    static let fetchedServer = root + "/.tools/mongodb"

    private static func find(_ candidates: [String], or sentence: String) throws -> String {
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(sentence: sentence)
        }
        return found
    }

    private static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }
}

/// Something that the tests need and do not find.
struct Missing: Error, CustomStringConvertible {
    let sentence: String
    var description: String { sentence }
}
