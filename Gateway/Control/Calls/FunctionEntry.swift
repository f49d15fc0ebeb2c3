package import GatewayStack
package import GatewayWorkers
import Platform
import Primitives

/// A function and the processes that answer for it.
package final class FunctionEntry {
    /// What the stack file says of it, with what was changed by hand.
    package let definition: FunctionDefinition
    /// Its processes.
    package let pool: any FunctionPool
    /// What its processes are started with; `nil` where it has none.
    let launch: Launch?
    /// The program that they run.
    let mark: FileMark?
    /// When it began to be served so.
    let createdAt: Timestamp

    /// Puts a function and its processes together.
    package convenience init(definition: FunctionDefinition, pool: any FunctionPool) {
        self.init(definition: definition, pool: pool, launch: nil, mark: nil)
    }

    init(definition: FunctionDefinition, pool: any FunctionPool, launch: Launch?, mark: FileMark?) {
        self.definition = definition
        self.pool = pool
        self.launch = launch
        self.mark = mark
        createdAt = SystemClock().now
    }

    /// The namespace under which functions are known that name none.
    static let usualNamespace = "openfaas-fn"

    /// The namespace under which it is known.
    package var namespace: String { definition.namespace ?? Self.usualNamespace }
}
