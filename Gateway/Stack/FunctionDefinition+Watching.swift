extension FunctionDefinition {
    /// A function without a stack file: its environment is the watchdog's own, and says how it is run. Throws for a
    /// name that is none, or a setting that cannot be read.
    package init(watching name: String, fprocess: String?, environment: [String: String]) throws(StackError) {
        guard Names.isFunction(name) else {
            let expected = "named with up to 63 lower-case letters, digits and inner hyphens"
            throw StackError(.value(key: "function \(name)", expected: expected), line: 0)
        }
        self.init(name: name, line: 0)
        self.fprocess = fprocess
        self.environment = environment.filter { Names.isVariable($0.key) }
        labels = environment["workers_min"].map { ["com.openfaas.scale.min": $0] } ?? [:]
        if let most = environment["workers_max"] { labels["com.openfaas.scale.max"] = most }
        if ["streaming", "serializing", "one-shot"].contains(environment["mode"] ?? "") {
            annotations["passerelle.mode"] = FunctionSettings.Mode.oneShot.rawValue
        }
        settings = try FunctionSettings(SettingReader(definition: self) { _, _ in 0 })
    }
}
