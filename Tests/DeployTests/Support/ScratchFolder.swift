import Foundation

/// A folder that goes with the test that made it.
final class ScratchFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "passerelle-deploy-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func exists(_ relative: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + relative)
    }

    /// The plain files and links in it, as paths from it.
    var files: [String] {
        let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
        return names.filter { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name)
            return attributes?[.type] as? FileAttributeType != .typeDirectory
        }.sorted()
    }

    func write(_ relative: String, _ text: String) throws {
        let file = URL(filePath: path + "/" + relative)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
