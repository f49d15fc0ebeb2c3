/// The decoder on its own, for fuzzing: what it makes of bytes that come in pieces.
package enum CodecProbe {
    /// One line for each request, its parts in full, and one with the status of a refusal, which ends it.
    package static func outcomes(of pieces: [ArraySlice<UInt8>], bodyLimit: Int) -> [String] {
        var decoder = RequestDecoder(HTTPLimits())
        var pending: [UInt8] = []
        var outcomes: [String] = []
        for piece in pieces {
            pending += piece
            var position = 0
            let bytes = pending
            reading: while true {
                let step = decoder.next(bytes.span, &position)
                switch step {
                case .needsMore: break reading
                case .refuse(let refusal): return outcomes + ["\(refusal.status)"]
                case .content(let body): outcomes.append(String(decoding: body, as: UTF8.self))
                case .head(let head):
                    outcomes.append("\(head.method) \(head.path) \(head.query ?? "-") \(head.headers)")
                    if let refusal = decoder.admit(bodyLimit: bodyLimit) { return outcomes + ["\(refusal.status)"] }
                }
            }
            pending.removeFirst(position)
        }
        return outcomes
    }
}
