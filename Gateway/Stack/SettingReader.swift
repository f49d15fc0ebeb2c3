/// Gathers the faults of one function's settings.
final class FaultList {
    var errors: [StackError] = []
}

/// Reads single settings out of a definition's environment, labels and annotations.
struct SettingReader {
    let definition: FunctionDefinition
    /// Tells on which line a key of a section stands.
    let lineOf: (_ section: String, _ key: String) -> Int
    /// Takes what cannot be read; without it the first such setting is thrown.
    var faults: FaultList?

    /// What a setting must look like, in words and as a parser of its text.
    struct Kind<Value> {
        let expected: String
        let parse: (String) -> Value?
    }

    func read<Value>(environment key: String, _ kind: Kind<Value>, _ into: inout Value) throws(StackError) {
        try read("environment", definition.environment, key, kind, &into)
    }

    func read<Value>(label key: String, _ kind: Kind<Value>, _ into: inout Value) throws(StackError) {
        try read("labels", definition.labels, key, kind, &into)
    }

    func read<Value>(annotation key: String, _ kind: Kind<Value>, _ into: inout Value) throws(StackError) {
        try read("annotations", definition.annotations, key, kind, &into)
    }

    func failure(_ section: String, _ key: String, _ expected: String) -> StackError {
        StackError(
            .value(key: "functions.\(definition.name).\(section).\(key)", expected: expected),
            line: lineOf(section, key))
    }

    private func read<Value>(
        _ section: String, _ values: [String: String], _ key: String, _ kind: Kind<Value>, _ into: inout Value
    ) throws(StackError) {
        guard let text = values[key], !text.isEmpty else { return }
        guard let value = kind.parse(text) else {
            guard let faults else { throw failure(section, key, kind.expected) }
            return faults.errors.append(failure(section, key, kind.expected))
        }
        into = value
    }
}

extension SettingReader.Kind where Value == Int {
    static func number(_ range: ClosedRange<Int>) -> Self {
        Self(expected: "a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Quantity.natural(text[...]).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    static var bytes: Self {
        Self(expected: "a number of bytes such as 65536 or 64KiB, at most 1GiB") { text in
            Quantity.bytes(text).flatMap { $0 <= 1 << 30 ? $0 : nil }
        }
    }

    static var duration: Self {
        Self(expected: "a duration such as 500ms or 10s, at most 24h") { text in
            Quantity.milliseconds(text).flatMap { $0 <= 86_400_000 ? $0 : nil }
        }
    }
}

extension SettingReader.Kind where Value == Int? {
    static var optionalDuration: Self {
        let kind = SettingReader.Kind<Int>.duration
        return Self(expected: kind.expected) { text in kind.parse(text).map(Optional.some) }
    }

    static var optionalBytes: Self {
        let kind = SettingReader.Kind<Int>.bytes
        return Self(expected: kind.expected) { text in kind.parse(text).map(Optional.some) }
    }

    static func optionalNumber(_ range: ClosedRange<Int>) -> Self {
        let kind = SettingReader.Kind<Int>.number(range)
        return Self(expected: kind.expected) { text in kind.parse(text).map(Optional.some) }
    }
}

extension SettingReader.Kind where Value == [String] {
    static var secrets: Self {
        Self(expected: "names of secrets, separated by spaces") { text in
            let names = text.split(separator: " ").map(String.init)
            return names.allSatisfy(Names.isSecret) ? names : nil
        }
    }
}

extension SettingReader.Kind where Value == Bool {
    static var truth: Self {
        Self(expected: "true or false") { ["true": true, "false": false][$0.lowercased()] }
    }
}

extension SettingReader.Kind where Value == FunctionSettings.Mode {
    static var mode: Self {
        Self(expected: "warm or one-shot") { FunctionSettings.Mode(rawValue: $0) }
    }
}
