/// One client's connection.
final class Connection {
    func abandon(_ turn: UInt64) {}
    func isGone(_ turn: UInt64) -> Bool { false }
    func answer(_ turn: UInt64, _ response: consuming Response) {}
    func stream(_ turn: UInt64, _ head: consuming Response) -> ResponseStream { ResponseStream(self, turn: turn) }
    func bufferedBytes(_ turn: UInt64) -> Int { 0 }
    func isStreaming(_ turn: UInt64) -> Bool { false }
    func write(_ turn: UInt64, _ bytes: [UInt8]) {}
    func finishStream(_ turn: UInt64) {}
}
