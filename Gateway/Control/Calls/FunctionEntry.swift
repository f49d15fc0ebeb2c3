package import GatewayStack
package import GatewayWorkers

/// A function and the processes that answer for it.
package final class FunctionEntry {
    /// What the stack file says of it.
    package let definition: FunctionDefinition
    /// Its processes.
    package let pool: any FunctionPool

    /// Puts the two together.
    package init(definition: FunctionDefinition, pool: any FunctionPool) {
        self.definition = definition
        self.pool = pool
    }

    /// The namespace under which it is known.
    package var namespace: String { definition.namespace ?? "openfaas-fn" }
}
