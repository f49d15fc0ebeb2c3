import Primitives
import Testing

@Suite struct EventPositionTests {
    @Test func `the text form is read back, and sorts as positions do`() {
        let numbers: [UInt32] = [0, 1, 255, 256, 1 << 31, .max]
        let positions = numbers.flatMap { seconds in
            numbers.flatMap { increment in
                numbers.map { EventPosition(seconds: seconds, increment: increment, index: $0) }
            }
        }
        #expect(positions == positions.sorted())
        #expect(positions.map(\.description) == positions.map(\.description).sorted())
        #expect(positions.allSatisfy { EventPosition(parsing: $0.description) == $0 })
        #expect(EventPosition(seconds: 1, increment: 2, index: 3).description == "000000010000000200000003")
    }

    @Test(arguments: ["", "0", "00000001000000020000000", "00000001000000020000000g", "0000000100000002000000030"])
    func `anything else is no position`(_ text: String) {
        #expect(EventPosition(parsing: text) == nil)
    }
}
