/// A `stack.yml`, as OpenFaaS's command line reads it: keys that are not known are passed over.
package struct StackFile: Equatable, Sendable {
    /// Bytes that a stack file may have.
    package static let sizeLimit = 1024 * 1024

    /// The functions, in the order in which the file names them.
    package let functions: [FunctionDefinition]

    /// Reads a file's bytes; `${NAME:-default}` takes its value from `environment`.
    ///
    /// `read` gives the bytes of a file that `environment_file` names, `nil` where it cannot be read.
    package init(
        parsing yaml: [UInt8], environment: [String: String], read: (_ path: String) -> [UInt8]? = { _ in nil }
    ) throws(StackError) {
        var faults: [StackError] = []
        functions = try Self.read(yaml, environment, read) { faults.append($0) }
        if let first = faults.first { throw first }
    }

    /// Every fault of a file, in the order of its functions: all that is wrong with their settings, and of what is
    /// wrong in another way the first for each function.
    package static func faults(
        in yaml: [UInt8], environment: [String: String], read: (_ path: String) -> [UInt8]? = { _ in nil }
    ) -> [StackError] {
        var faults: [StackError] = []
        do throws(StackError) {
            _ = try Self.read(yaml, environment, read) { faults.append($0) }
        } catch {
            faults.append(error)
        }
        return faults
    }

    /// The functions that can be read; throws where none can be looked for.
    private static func read(
        _ yaml: [UInt8], _ environment: [String: String], _ read: (_ path: String) -> [UInt8]?,
        _ fault: (StackError) -> Void
    ) throws(StackError) -> [FunctionDefinition] {
        guard let root = try Self.root(yaml, environment) else {
            throw StackError(.missing(key: "functions"), line: 0)
        }
        let top = try StackReader(root, key: "")
        try top.provider()
        guard let functions = try top.child("functions"), functions.entries.count > 0 else {
            throw StackError(.missing(key: "functions"), line: root.line)
        }
        var definitions: [FunctionDefinition] = []
        for entry in functions.entries {
            do throws(StackError) {
                definitions.append(try definition(entry, environment, read, fault))
            } catch {
                fault(error)
            }
        }
        return definitions
    }

    private static func definition(
        _ entry: YAMLNode.Entry, _ environment: [String: String], _ read: (_ path: String) -> [UInt8]?,
        _ fault: (StackError) -> Void
    ) throws(StackError) -> FunctionDefinition {
        var definition = try FunctionDefinition(reading: entry)
        for path in definition.environmentFiles {
            try definition.include(path, of: entry, read(path), environment)
        }
        let lines = try StackReader(entry.value, key: "functions.\(entry.key)")
        let faults = FaultList()
        defer { for found in faults.errors { fault(found) } }
        definition.settings = try FunctionSettings(
            SettingReader(definition: definition, lineOf: lines.line(of:_:), faults: faults))
        return definition
    }

    static func root(_ yaml: [UInt8], _ environment: [String: String]) throws(StackError) -> YAMLNode? {
        guard yaml.count <= sizeLimit else { throw StackError(.bound("over \(sizeLimit) bytes"), line: 0) }
        let text = try Substitution.apply(to: yaml, environment: environment)
        guard let root = try YAMLReader.read(text), !root.isNull else { return nil }
        return root
    }
}
