import Platform
import Primitives
import Testing

@testable import MessagesStore

@Suite struct SharedRatesTests {
    private let memory: Memory
    private let ada: SharedRates
    private let bob: SharedRates
    private let now = Timestamp(milliseconds: 1_800_000_000_000)

    init() throws {
        memory = try Memory(size: SharedRates.rowSize)
        ada = try #require(SharedRates(memory.one, 0..<memory.size))
        bob = try #require(SharedRates(memory.other, 0..<memory.size))
    }

    private func account() -> UniqueID { UniqueID(at: now, random: SystemRandom()) }

    private func add(_ milliseconds: Int64, _ account: UniqueID, by rates: SharedRates, at now: Timestamp) -> Int64? {
        rates.change(account, at: now) { until in
            until = max(until, now.milliseconds) + milliseconds
            return until - now.milliseconds
        }
    }

    @Test func `what one process counts, another goes on from`() {
        let account = account()
        #expect(add(1000, account, by: ada, at: now) == 1000)
        #expect(add(1000, account, by: bob, at: now) == 2000)
        #expect(add(1000, account, by: ada, at: now.adding(.seconds(1))) == 2000)
        #expect(add(1000, self.account(), by: bob, at: now) == 1000)
    }

    @Test func `a row holds eight, whom nobody drives out before their time is used up`() {
        let accounts = (0..<8).map { _ in account() }
        for account in accounts { #expect(add(1000, account, by: ada, at: now) == 1000) }
        #expect(add(1000, account(), by: ada, at: now) == nil)
        for account in accounts { #expect(add(1000, account, by: bob, at: now) == 2000) }
        #expect(add(1000, account(), by: ada, at: now.adding(.milliseconds(1999))) == nil)
        #expect(add(1000, account(), by: ada, at: now.adding(.milliseconds(2000))) == 1000)
    }

    @Test func `what somebody left half written counts for nothing`() {
        let account = account()
        for byte in 0..<32 {
            #expect(add(1000, account, by: ada, at: now) == 1000, "byte \(byte)")
            for place in 0..<8 { memory.flip(place * 32 + byte) }
        }
    }
}
