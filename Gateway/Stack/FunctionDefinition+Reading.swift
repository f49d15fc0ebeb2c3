extension FunctionDefinition {
    init(reading entry: YAMLNode.Entry) throws(StackError) {
        guard Names.isFunction(entry.key) else {
            let expected = "named with up to 63 lower-case letters, digits and inner hyphens"
            throw StackError(.value(key: "function \(entry.key)", expected: expected), line: entry.line)
        }
        self.init(name: entry.key, line: entry.line)
        let reader = try StackReader(entry.value, key: "functions.\(entry.key)")
        lang = try reader.text("lang") ?? ""
        handler = try reader.text("handler") ?? ""
        image = try reader.text("image") ?? ""
        fprocess = try reader.text("fprocess").flatMap { $0.isEmpty ? nil : $0 }
        namespace = try reader.text("namespace").flatMap { $0.isEmpty ? nil : $0 }
        environmentFiles = try reader.texts("environment_file", orText: true)
        constraints = try reader.texts("constraints")
        labels = try reader.table("labels")
        annotations = try reader.table("annotations")
        limits = try Resources(reader.child("limits"))
        requests = try Resources(reader.child("requests"))
        hasReadOnlyRoot = try reader.text("readonly_root_filesystem") == "true"
        try readEnvironment(reader)
        try readSecrets(reader)
    }

    private mutating func readEnvironment(_ reader: StackReader) throws(StackError) {
        environment = try reader.table("environment")
        for name in environment.keys.sorted() where !Names.isVariable(name) {
            throw StackError(
                .value(key: "\(reader.path("environment")).\(name)", expected: "named as a variable can be"),
                line: reader.line(of: "environment", name))
        }
    }

    private mutating func readSecrets(_ reader: StackReader) throws(StackError) {
        secrets = try reader.texts("secrets")
        guard let bad = secrets.first(where: { !Names.isSecret($0) }) else { return }
        throw StackError(
            .value(key: reader.path("secrets"), expected: "a list of file names, not \"\(bad)\""),
            line: reader.value("secrets")?.line ?? line)
    }

    /// Adds the variables of an `environment_file`, which win over those written in the stack file.
    mutating func include(
        _ path: String, of entry: YAMLNode.Entry, _ bytes: [UInt8]?, _ variables: [String: String]
    ) throws(StackError) {
        let key = "functions.\(name).environment_file"
        let at = try StackReader(entry.value, key: key).value("environment_file")?.line ?? line
        guard let bytes else {
            throw StackError(.value(key: key, expected: "a list of files that can be read, not \(path)"), line: at)
        }
        guard let root = try? StackFile.root(bytes, variables),
            let table = try? StackReader(root, key: path).table("environment"),
            table.keys.allSatisfy(Names.isVariable)
        else {
            let expected = "a list of files that hold a mapping \"environment\", which \(path) does not"
            throw StackError(.value(key: key, expected: expected), line: at)
        }
        environment.merge(table) { _, later in later }
    }
}

extension Resources {
    init(_ reader: StackReader?) throws(StackError) {
        memory = try reader?.quantity("memory", "an amount of memory such as 128Mi", Quantity.bytes)
        millicores = try reader?.quantity("cpu", "an amount of processor such as 100m or 0.5", Quantity.millicores)
    }
}
