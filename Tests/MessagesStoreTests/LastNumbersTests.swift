import MessageRecords
import Platform
import Primitives
import Testing

@testable import MessagesStore

@Suite struct LastNumbersTests {
    private let memory: Memory
    private let ada: LastNumbers
    private let bob: LastNumbers
    private let conversation = UniqueID(at: SystemClock().now, random: SystemRandom())
    private let reign: [UInt64] = [1, 2, 3]

    init() throws {
        memory = try Memory(size: 72)
        ada = try #require(LastNumbers(memory.one, 0..<72, process: 1))
        bob = try #require(LastNumbers(memory.other, 0..<72, process: 2))
    }

    private func place(_ seq: Int64) -> StoredMessage.Place {
        StoredMessage.Place(conversation: conversation, seq: seq)
    }

    @Test func `a number is told to others over connections of the same reign, of that conversation alone`() {
        ada.tell(place(7), in: reign)
        #expect(bob.take(conversation, in: [1, 2, 4]) == nil)
        ada.tell(place(7), in: reign)
        #expect(bob.take(UniqueID(at: SystemClock().now, random: SystemRandom()), in: reign) == nil)
        ada.tell(place(7), in: reign)
        #expect(bob.take(conversation, in: nil) == nil)
        #expect(bob.take(conversation, in: reign) == 7)
    }

    @Test func `where somebody is on the way, others have to read, until he has told`() {
        ada.tell(place(7), in: reign)
        #expect(ada.take(conversation, in: reign) == 7)
        #expect(bob.take(conversation, in: reign) == nil)
        bob.tell(place(8), in: reign)
        #expect(ada.take(conversation, in: reign) == 8)
        ada.tell(place(9), in: reign)
        #expect(bob.take(conversation, in: reign) == 9)
    }

    @Test func `who tells while another is on the way leaves him his mark`() {
        ada.tell(place(7), in: reign)
        _ = ada.take(conversation, in: reign)
        _ = bob.take(conversation, in: reign)
        ada.tell(place(8), in: reign)
        #expect(ada.take(conversation, in: reign) == nil)
    }

    @Test func `a number that is told late takes no later one back`() {
        ada.tell(place(8), in: reign)
        bob.tell(place(7), in: reign)
        #expect(ada.take(conversation, in: reign) == 8)
    }

    @Test func `nothing is told where nothing was, nor by memory that somebody left half written`() {
        #expect(ada.take(conversation, in: reign) == nil)
        for byte in 0..<72 {
            ada.tell(place(7), in: reign)
            memory.flip(byte)
            #expect(bob.take(conversation, in: reign) == nil, "byte \(byte)")
            ada.tell(place(7), in: reign)
            #expect(bob.take(conversation, in: reign) == 7, "byte \(byte)")
        }
    }

    @Test func `a number that was set back is told once somebody has read it, when the one before has had its time`() {
        ada.tell(place(57), in: reign)
        age(by: 4_000_000_000)
        #expect(bob.take(conversation, in: reign) == 57)
        bob.tell(place(58), in: reign)
        age(by: 1_000_000_000)
        #expect(ada.take(conversation, in: reign) == nil)
        ada.tell(place(1), in: reign)
        #expect(bob.take(conversation, in: reign) == 1)
    }

    @Test func `a lower number that was read gives the higher one that was told no more time`() {
        ada.tell(place(57), in: reign)
        age(by: 3_000_000_000)
        ada.tell(place(1), in: reign)
        age(by: 3_000_000_000)
        #expect(bob.take(conversation, in: reign) == nil)
    }

    /// Lets what is told be older than it is.
    private func age(by nanoseconds: UInt64) {
        let numbers = unsafe memory.one.mapping.numbers(at: 0, count: 1, as: ToldNumber.self)
        unsafe numbers[0].readAt -= nanoseconds
        unsafe numbers[0].seal()
    }

    @Test func `whose numbers prove taken reads for a while`() {
        ada.tell(place(7), in: reign)
        #expect(bob.take(conversation, in: reign) == 7)
        bob.missed()
        var taken: [Int64?] = []
        for seq in 8..<40 as Range<Int64> {
            ada.tell(place(seq), in: reign)
            taken.append(bob.take(conversation, in: reign))
            bob.tell(place(seq), in: reign)
        }
        #expect(taken == Array(repeating: nil, count: 16) + (24..<40).map { $0 })
    }
}
