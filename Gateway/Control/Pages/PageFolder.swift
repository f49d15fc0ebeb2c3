import Glibc

/// The folder of the pages, looked through again when something in it changes.
final class PageFolder {
    private static let sizeLimit = 1 << 20
    private static let mostFiles = 1_000
    private static let mostLevels = 4
    /// Read at the start, and no page.
    private static let contract = "openapi.json"

    private let path: String
    /// What the folders and files were when they were read.
    private var marks: [String: FileMark?] = [:]
    private var seen: [String: FileMark?]?

    init(path: String) {
        self.path = path
    }

    /// Reads every page; an empty table where there is no such folder.
    func read() -> PageTable {
        seen = nil
        marks = [path: FileMark(path: path)]
        var files: [String: [UInt8]] = [:]
        collect(below: "", levels: Self.mostLevels, into: &files)
        return PageTable(files)
    }

    /// True once something differs from what was read, and has not changed between two looks.
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

    private func collect(below prefix: String, levels: Int, into files: inout [String: [UInt8]]) {
        for name in Self.names(in: path + "/" + prefix) where files.count < Self.mostFiles {
            let place = path + "/" + prefix + name
            if FileSystem.isFolder(place) {
                guard levels > 1 else { continue }
                marks[place] = FileMark(path: place)
                collect(below: prefix + name + "/", levels: levels - 1, into: &files)
            } else if Page(name: name, body: []) != nil, prefix + name != Self.contract {
                marks[place] = FileMark(path: place)
                files[prefix + name] = FileSystem.read(place, limit: Self.sizeLimit)
            }
        }
    }

    /// Names of small letters, digits, hyphens and dots that begin with a letter or a digit; others are no pages.
    private static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if isFit(name) { names.append(name) }
        }
        return names.sorted()
    }

    private static func isFit(_ name: String) -> Bool {
        name.utf8.first.map { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") } ?? false
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
