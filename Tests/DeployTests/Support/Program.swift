import Foundation

/// Where the programs are that the tests run.
enum Program {
    static var searchPath: String { ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin" }

    /// The tests' Python, which `make test` makes.
    static var python: String {
        get throws {
            let given = ProcessInfo.processInfo.environment["PASSERELLE_VENV"]
            let path = (given ?? Repository.path(".tools/venv")) + "/bin/python"
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw Missing(description: "\(path) is missing: run Gateway/Deploy/local/make-venv, or \"make test\".")
            }
            return path
        }
    }

    /// The folder with all built programs of these names: `PASSERELLE_BINARIES`, or the tests' own.
    static func folder(of names: [String]) throws -> String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let named = ProcessInfo.processInfo.environment["PASSERELLE_BINARIES"].map { [$0] }
        let started = CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent().path }
        let folders = (named ?? [URL(filePath: tests).deletingLastPathComponent().path]) + started
        let found = folders.first { folder in
            names.allSatisfy { FileManager.default.isExecutableFile(atPath: folder + "/" + $0) }
        }
        guard let found else {
            throw Missing(description: "The programs \(names) are not beside the tests: build the package first.")
        }
        return found
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }
}
