import GatewayStack

/// What there is to say of a stack file before it is served.
package struct StackReport {
    /// A sentence for each fault; none for a file that can be served.
    package let faults: [String]
    /// Which functions it holds.
    package let summary: String

    /// Reads the stack file that the options name.
    package init(_ options: GatewayOptions) {
        var environment = options.environment
        if let publicURL = options.publicURL { environment["PUBLIC_URL"] = publicURL }
        let source = StackSource(path: options.stack, environment: environment)
        let faults = source.faults()
        let functions = (try? source.read().functions) ?? []
        var sentences = faults.map { "The stack file \(options.stack) cannot be used: \($0)." }
        if faults.isEmpty {
            do throws(StartFailure) {
                let functions = try source.read().functions
                for definition in functions { sentences += ScheduledFunction.faults(of: definition).map(\.sentence) }
            } catch {
                sentences.append(error.sentence)
            }
        }
        self.faults = sentences
        let names = functions.map(\.name).joined(separator: ", ")
        summary = "\(options.stack): \(functions.count) functions (\(names))"
    }
}
