import Primitives
import Testing

@Suite struct RandomSourceTests {
    struct Scripted: RandomSource {
        let script: [UInt8]

        func bytes(_ count: Int) -> [UInt8] { Array((script + [UInt8](repeating: 0, count: count)).prefix(count)) }
    }

    @Test(arguments: [(84, 84, 0), (84, 251, 83), (3, 254, 2), (256, 255, 255), (1, 200, 0), (10, 249, 9)])
    func `a byte within the whole multiples stands for its remainder`(bound: Int, byte: Int, index: Int) {
        #expect(Scripted(script: [UInt8(byte)]).index(below: bound) == index)
    }

    @Test(arguments: [(84, 252), (84, 255), (3, 255), (10, 250), (255, 255)])
    func `a byte beyond the whole multiples is drawn again`(bound: Int, byte: Int) {
        #expect(Scripted(script: [UInt8(byte), UInt8(byte), 1]).index(below: bound) == 1)
    }
}
