/// Takes one mapping of a stack file apart, naming keys by their path in errors.
struct StackReader {
    let key: String
    let entries: [YAMLNode.Entry]
    let line: Int

    init(_ node: YAMLNode, key: String) throws(StackError) {
        self.key = key
        line = node.line
        switch node.content {
        case .null: entries = []
        case .mapping(let entries): self.entries = entries
        default:
            throw StackError(.value(key: key.isEmpty ? "the file" : key, expected: "a mapping"), line: node.line)
        }
    }

    func path(_ name: String) -> String {
        key.isEmpty ? name : "\(key).\(name)"
    }

    /// The value of a key; `nil` where it is left out or null.
    func value(_ name: String) -> YAMLNode? {
        entries.first { $0.key == name }.map(\.value).flatMap { $0.isNull ? nil : $0 }
    }

    func child(_ name: String) throws(StackError) -> StackReader? {
        guard let node = value(name) else { return nil }
        return try StackReader(node, key: path(name))
    }

    func text(_ name: String) throws(StackError) -> String? {
        guard let node = value(name) else { return nil }
        return try scalar(node, name)
    }

    /// A list of texts; a single text counts as a list of one where `orText` is set.
    func texts(_ name: String, orText: Bool = false) throws(StackError) -> [String] {
        guard let node = value(name) else { return [] }
        if orText, case .scalar(let text) = node.content { return [text] }
        guard case .sequence(let items) = node.content else {
            throw StackError(.value(key: path(name), expected: "a list of texts"), line: node.line)
        }
        var texts: [String] = []
        for item in items { texts.append(try scalar(item, name)) }
        return texts
    }

    /// A mapping of texts to texts; null counts as empty.
    func table(_ name: String) throws(StackError) -> [String: String] {
        guard let child = try child(name) else { return [:] }
        var table: [String: String] = [:]
        for entry in child.entries {
            table[entry.key] = entry.value.isNull ? "" : try child.scalar(entry.value, entry.key)
        }
        return table
    }

    func quantity(
        _ name: String, _ expected: String, _ parse: (String) -> Int?
    ) throws(StackError) -> Int? {
        guard let node = value(name) else { return nil }
        guard let value = parse(try scalar(node, name)) else {
            throw StackError(.value(key: path(name), expected: expected), line: node.line)
        }
        return value
    }

    /// The line on which `key` stands inside `section`, or the best that is known.
    func line(of section: String, _ key: String) -> Int {
        guard let section = try? child(section) else { return line }
        return section.entries.first { $0.key == key }?.line ?? section.line
    }

    /// Refuses a file that names another provider, as OpenFaaS's command line does.
    func provider() throws(StackError) {
        guard let provider = try child("provider"), let name = try provider.text("name") else { return }
        guard ["openfaas", "faas"].contains(name) else {
            throw StackError(
                .value(key: "provider.name", expected: "openfaas"), line: line(of: "provider", "name"))
        }
    }

    private func scalar(_ node: YAMLNode, _ name: String) throws(StackError) -> String {
        guard case .scalar(let text) = node.content else {
            throw StackError(.value(key: path(name), expected: "a text"), line: node.line)
        }
        guard !text.utf8.contains(0) else {
            throw StackError(.value(key: path(name), expected: "a text without NUL"), line: node.line)
        }
        return text
    }
}
