import Wire

/// Reads any bytes as an invocation and as a reply: they are refused, or framing them anew gives the same again.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let content = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    if let invocation = try? Invocation(parsing: content[...]) {
        let again = invocation.frame()
        precondition((try? Invocation(parsing: again[Frame.prefixLength...])) == invocation)
    }
    if let reply = try? Reply(parsing: content[...]) {
        precondition((try? Reply(parsing: reply.frame()[Frame.prefixLength...])) == reply)
    }
    if let length = try? Frame.length(prefix: content, limit: 1000) { precondition((0...1000).contains(length)) }
    return 0
}
