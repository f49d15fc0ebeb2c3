import GatewayHTTP

/// Feeds the codec bytes that libFuzzer makes up: the first says how the rest is cut, and both ways must agree.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    let (seed, rest) = (Int(input[0]), input[1...])
    let whole = CodecProbe.outcomes(of: [rest], bodyLimit: 300)
    let step = 1 + seed % 61
    let pieces = stride(from: rest.startIndex, to: rest.endIndex, by: step).map { start in
        rest[start..<min(start + step, rest.endIndex)]
    }
    precondition(whole == CodecProbe.outcomes(of: pieces, bodyLimit: 300), "the cut changes the outcome")
    return 0
}
