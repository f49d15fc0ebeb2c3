import GatewayStack

/// What was said of a function by hand, over what the stack file says of it; forgotten when the gateway ends.
struct FunctionChange: Equatable, Sendable {
    /// True where it takes no calls until it is deployed again.
    var isPaused = false
    /// Its variables; `nil` for those of the stack file.
    var environment: [String: String]?
    /// Its labels; `nil` for those of the stack file.
    var labels: [String: String]?
    /// Its annotations; `nil` for those of the stack file.
    var annotations: [String: String]?

    /// The function with what was changed.
    func applied(to definition: FunctionDefinition) throws(StackError) -> FunctionDefinition {
        guard environment != nil || labels != nil || annotations != nil else { return definition }
        return try definition.changed(environment: environment, labels: labels, annotations: annotations)
    }
}
