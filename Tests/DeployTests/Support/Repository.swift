import Foundation

/// The files that are shipped.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static func path(_ relative: String) -> String {
        root + "/" + relative
    }

    static func text(_ relative: String) throws -> String {
        try String(contentsOfFile: path(relative), encoding: .utf8)
    }

    static func lines(_ relative: String) throws -> [String] {
        try text(relative).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    static func exists(_ relative: String) -> Bool {
        FileManager.default.fileExists(atPath: path(relative))
    }

    /// All plain files below a folder, as paths from the top of the repository.
    static func files(below folder: String, named suffix: String = "") -> [String] {
        let names = FileManager.default.enumerator(atPath: path(folder))?.allObjects as? [String] ?? []
        return names.filter { $0.hasSuffix(suffix) && !isFolder(folder + "/" + $0) }.map { folder + "/" + $0 }.sorted()
    }

    private static func isFolder(_ relative: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path(relative))
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }
}
