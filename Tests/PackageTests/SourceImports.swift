import Foundation

/// The modules that a target's Swift files import.
struct SourceImports {
    let modules: Set<String>

    /// Reads all Swift files below the target's folder.
    init(of target: Manifest.Target) throws {
        let folder = Manifest.root.appending(path: target.path)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let sources = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
        modules = try sources.reduce(into: []) { modules, file in
            modules.formUnion(Self.modules(in: try String(contentsOf: file, encoding: .utf8)))
        }
    }

    /// The module of each import declaration in `source`, but for what stands in a string of several lines.
    static func modules(in source: String) -> [String] {
        var isInString = false
        return source.split(separator: "\n").compactMap { line in
            let wasInString = isInString
            let quotes = line.ranges(of: "\"\"\"").count - line.ranges(of: "\\\"\"\"").count
            isInString = quotes.isMultiple(of: 2) ? isInString : !isInString
            return wasInString ? nil : module(importedIn: line)
        }
    }

    /// Passes over attributes, access levels and the kind of symbol.
    private static func module(importedIn line: Substring) -> String? {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
            words[..<position].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains(String($0)) })
        else { return nil }
        let named = words[(position + 1)...].first { !symbolKinds.contains(String($0)) }
        return named.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }

    private static let accessLevels: Set = ["public", "package", "internal", "fileprivate", "private"]
    private static let symbolKinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
}
