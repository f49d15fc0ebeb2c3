import Foundation

/// A part of a YAML document, as the tests' Python reads it; what is not there is `.null`.
enum YAML: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([YAML])
    case table([String: YAML])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([YAML].self) {
            self = .list(list)
        } else {
            self = .table(try container.decode([String: YAML].self))
        }
    }

    subscript(_ keys: String...) -> YAML {
        keys.reduce(self) { value, key in value.table[key] ?? .null }
    }

    var table: [String: YAML] {
        if case .table(let table) = self { table } else { [:] }
    }

    var list: [YAML] {
        if case .list(let list) = self { list } else { [] }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var texts: [String] { list.compactMap(\.text) }

    /// Every table in it, itself included.
    var allTables: [YAML] {
        switch self {
        case .table(let table): [self] + table.values.flatMap(\.allTables)
        case .list(let list): list.flatMap(\.allTables)
        default: []
        }
    }

    /// The documents of each file, in the order of `paths` from the top of the repository.
    static func documents(_ paths: [String]) throws -> [(file: String, documents: [YAML])] {
        struct File: Decodable {
            let file: String
            let documents: [YAML]
        }
        let run = try Command(
            try Program.python, [Repository.path("Tests/DeployTests/Scripts/as_json.py")] + paths)
        guard run.status == 0 else { throw Unreadable(description: run.output) }
        return try JSONDecoder().decode([File].self, from: Data(run.output.utf8)).map { ($0.file, $0.documents) }
    }

    /// The one document of a file.
    static func document(_ path: String) throws -> YAML {
        try documents([path])[0].documents.first ?? .null
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }
}
