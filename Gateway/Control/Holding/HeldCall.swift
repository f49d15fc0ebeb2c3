import GatewayHTTP
import Wire

/// A call that may be held: what it takes to make it again, and to answer it.
struct HeldCall {
    let entry: FunctionEntry
    let frame: [UInt8]
    let metrics: Metrics
    /// Makes the caller's answer of the function's.
    let response: (Reply) -> Response
}
