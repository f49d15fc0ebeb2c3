/// Builds nodes from events, within bounds on depth and on the nodes that aliases unfold to.
struct YAMLReader: ~Copyable {
    private static let depthLimit = 32
    private static let nodeLimit = 20_000

    private var events: YAMLEvents
    private var anchors: [String: YAMLNode] = [:]
    private var nodes = 0

    /// The first document in `text`; `nil` where there is none.
    static func read(_ text: [UInt8]) throws(StackError) -> YAMLNode? {
        var reader = YAMLReader(events: YAMLEvents(text))
        return try reader.document()
    }

    private init(events: consuming YAMLEvents) {
        self.events = events
    }

    private mutating func document() throws(StackError) -> YAMLNode? {
        while true {
            let (event, line) = try events.next()
            switch event {
            case .streamStart, .documentStart: continue
            case .streamEnd, .documentEnd: return nil
            default: return try node(event, line, depth: 0)
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, _ line: Int, depth: Int) throws(StackError) -> YAMLNode {
        guard depth < Self.depthLimit else {
            throw StackError(.bound("nested more than \(Self.depthLimit) deep"), line: line)
        }
        switch event {
        case .scalar(let text, let isPlain, let anchor):
            let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
            return try keep(YAMLNode(isNull ? .null : .scalar(text), line: line), anchor, adding: 1)
        case .sequenceStart(let anchor):
            return try keep(YAMLNode(.sequence(items(depth)), line: line), anchor, adding: 1)
        case .mappingStart(let anchor):
            return try keep(YAMLNode(.mapping(entries(depth)), line: line), anchor, adding: 1)
        case .alias(let name):
            guard let node = anchors[name] else { throw StackError(.syntax("no anchor named \(name)"), line: line) }
            return try keep(node, nil, adding: node.size)
        default:
            throw StackError(.syntax("it ends too soon"), line: line)
        }
    }

    private mutating func items(_ depth: Int) throws(StackError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let (event, line) = try events.next()
            if event == .sequenceEnd { return items }
            items.append(try node(event, line, depth: depth + 1))
        }
    }

    private mutating func entries(_ depth: Int) throws(StackError) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var inherited: [YAMLNode.Entry] = []
        var keys: Set<String> = []
        while true {
            let (event, line) = try events.next()
            if event == .mappingEnd { break }
            guard case .scalar(let key, let isPlain, _) = event else {
                throw StackError(.syntax("a key must be a text"), line: line)
            }
            let (next, nextLine) = try events.next()
            let value = try node(next, nextLine, depth: depth + 1)
            if key == "<<", isPlain {
                inherited += try merged(value)
            } else {
                guard keys.insert(key).inserted else { throw StackError(.doubled(key: key), line: line) }
                entries.append(YAMLNode.Entry(key: key, line: line, value: value))
            }
        }
        for entry in inherited where keys.insert(entry.key).inserted { entries.append(entry) }
        return entries
    }

    /// What a merge key `<<` brings in: a mapping, or a list of mappings of which the first wins.
    private func merged(_ value: YAMLNode) throws(StackError) -> [YAMLNode.Entry] {
        switch value.content {
        case .mapping(let entries):
            return entries
        case .sequence(let items):
            var entries: [YAMLNode.Entry] = []
            for item in items { entries += try merged(item) }
            return entries
        default:
            throw StackError(.value(key: "<<", expected: "a mapping"), line: value.line)
        }
    }

    private mutating func keep(_ node: YAMLNode, _ anchor: String?, adding count: Int) throws(StackError) -> YAMLNode {
        nodes += count
        guard nodes <= Self.nodeLimit else {
            throw StackError(.bound("more than \(Self.nodeLimit) values"), line: node.line)
        }
        if let anchor { anchors[anchor] = node }
        return node
    }
}
