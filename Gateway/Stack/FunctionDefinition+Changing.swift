extension FunctionDefinition {
    /// The same function with other variables, labels and annotations, `nil` for those it has; throws for a setting
    /// that cannot be read, or a variable that no environment can carry.
    package func changed(
        environment: [String: String]? = nil, labels: [String: String]? = nil, annotations: [String: String]? = nil
    ) throws(StackError) -> FunctionDefinition {
        var copy = self
        copy.environment = environment ?? self.environment
        copy.labels = labels ?? self.labels
        copy.annotations = annotations ?? self.annotations
        for name in copy.environment.keys.sorted() where !Names.isVariable(name) {
            throw StackError(.value(key: "environment.\(name)", expected: "named as a variable can be"), line: 0)
        }
        copy.settings = try FunctionSettings(SettingReader(definition: copy) { _, _ in 0 })
        return copy
    }

    /// True where both say the same of the function, wherever in a file they stand.
    package func isSame(as other: FunctionDefinition) -> Bool {
        var moved = self
        moved.line = other.line
        return moved == other
    }
}
