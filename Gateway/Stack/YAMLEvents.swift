import CYAML

/// What libyaml reports of a document, one thing after the other.
enum YAMLEvent: Equatable {
    case scalar(String, isPlain: Bool, anchor: String?)
    case alias(String)
    case sequenceStart(anchor: String?)
    case sequenceEnd
    case mappingStart(anchor: String?)
    case mappingEnd
    case documentStart
    case documentEnd
    case streamStart
    case streamEnd
}

/// libyaml's parser over a copy of the text.
@safe struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
        unsafe text = .allocate(capacity: max(1, bytes.count))
        _ = unsafe text.initialize(from: bytes)
        unsafe parser = .allocate(capacity: 1)
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe text.deallocate()
    }

    /// The next event and the line, from 1, on which it begins.
    mutating func next() throws(StackError) -> (event: YAMLEvent, line: Int) {
        var raw = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw problem() }
        defer { unsafe yaml_event_delete(&raw) }
        let line = unsafe Int(raw.start_mark.line) + 1
        guard let event = unsafe Self.event(raw) else {
            throw StackError(.syntax("a text is not UTF-8"), line: line)
        }
        return (event, line)
    }

    private static func event(_ raw: yaml_event_t) -> YAMLEvent? {
        switch unsafe raw.type {
        case YAML_SCALAR_EVENT: unsafe scalar(raw.data.scalar)
        case YAML_ALIAS_EVENT: unsafe .alias(name(raw.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT: unsafe .sequenceStart(anchor: name(raw.data.sequence_start.anchor))
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT: unsafe .mappingStart(anchor: name(raw.data.mapping_start.anchor))
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_STREAM_START_EVENT: .streamStart
        default: .streamEnd
        }
    }

    private static func scalar(_ raw: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar) -> YAMLEvent? {
        let bytes = unsafe UnsafeBufferPointer(start: raw.value, count: raw.length)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else { return nil }
        return unsafe .scalar(text, isPlain: raw.style == YAML_PLAIN_SCALAR_STYLE, anchor: name(raw.anchor))
    }

    private static func name(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }

    private func problem() -> StackError {
        let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "it cannot be read"
        let readerFailed = unsafe parser.pointee.error == YAML_READER_ERROR
        let line = readerFailed ? lineOfProblem() : unsafe Int(parser.pointee.problem_mark.line) + 1
        return StackError(.syntax(words), line: line)
    }

    private func lineOfProblem() -> Int {
        let offset = unsafe min(parser.pointee.problem_offset, text.count)
        return unsafe text.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
    }
}
