import Foundation

/// A folder of a test's own, removed in the end.
final class Folder {
    let path: String

    init() throws {
        path = "/var/tmp/passerelle-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Where the package lies.
    static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../.."

    /// Where the test bundle and the programs were built.
    static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
}
