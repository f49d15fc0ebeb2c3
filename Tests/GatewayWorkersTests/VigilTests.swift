import Testing

@testable import GatewayEventLoop

@Suite struct VigilTests {
    @Test func `the loop stays awake only where something was said to be expected`() {
        var vigil = Vigil()
        let before = vigil.begins()
        vigil.expect()
        let (first, second) = (vigil.begins(), vigil.begins())
        #expect(!before && first && !second)
    }

    @Test func `each vigil in vain makes it forgo twice as many, one that was not makes it keep the next`() {
        var vigil = Vigil()
        var kept: [Int] = []
        for turn in 0..<70 {
            vigil.expect()
            guard vigil.begins() else { continue }
            kept.append(turn)
            vigil.ended(inVain: true)
        }
        #expect(kept == [0, 3, 8, 17, 34, 67])
        var lucky = Vigil()
        for _ in 0..<10 {
            lucky.expect()
            let begins = lucky.begins()
            #expect(begins)
            lucky.ended(inVain: false)
        }
    }
}
