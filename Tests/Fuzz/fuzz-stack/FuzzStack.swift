import GatewayStack

/// Reads any bytes as a stack file: it is refused, or every function in it keeps within the bounds of its settings.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let file = try? StackFile(parsing: text, environment: ["SET": "value", "EMPTY": ""]) else { return 0 }
    for function in file.functions {
        let settings = function.settings
        precondition(settings.minimum <= settings.maximum && (1...1024).contains(settings.maximum))
        precondition((0...1 << 30).contains(settings.bodyLimit) && settings.execTimeout <= 86_400_000)
        precondition((1...63).contains(function.name.utf8.count))
    }
    return 0
}
