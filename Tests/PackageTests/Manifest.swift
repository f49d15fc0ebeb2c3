import Foundation

/// What `swift package dump-package` says of Package.swift, as far as it matters here.
struct Manifest: Decodable {
    let targets: [Target]

    struct Target: Decodable, Sendable, CustomStringConvertible {
        let name: String
        let type: String
        let path: String
        let dependencies: [Dependency]

        /// The names of the package's own targets that this one declares to need.
        var needs: Set<String> { Set(dependencies.map(\.name)) }
        var isTest: Bool { type == "test" }
        var isExecutable: Bool { type == "executable" }
        var description: String { name }
    }

    struct Dependency: Decodable, Sendable {
        let name: String

        /// A dependency is an object of one member, whose value begins with the name.
        init(from decoder: any Decoder) throws {
            let kinds = try decoder.singleValueContainer().decode([String: [First]].self)
            name = kinds.values.first?.first?.text ?? ""
        }
    }

    /// The name in a dependency's list; its other elements are null or objects.
    struct First: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Asks SwiftPM, in a scratch folder of its own: the usual one is locked while tests run.
    static let loaded = Result { () throws -> Manifest in
        let scratch = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let json = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Manifest.self, from: json)
    }
}
