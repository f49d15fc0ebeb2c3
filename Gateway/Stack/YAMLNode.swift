/// A YAML document's nodes, with the line on which each begins; scalars keep their text.
struct YAMLNode: Equatable {
    let line: Int
    let content: Content
    /// How many nodes this one stands for, itself included.
    let size: Int

    indirect enum Content: Equatable {
        case null
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    struct Entry: Equatable {
        let key: String
        let line: Int
        let value: YAMLNode
    }

    init(_ content: Content, line: Int) {
        self.content = content
        self.line = line
        switch content {
        case .null, .scalar: size = 1
        case .sequence(let items): size = items.reduce(1) { $0 + $1.size }
        case .mapping(let entries): size = entries.reduce(1) { $0 + $1.value.size + 1 }
        }
    }

    var isNull: Bool { content == .null }
}
