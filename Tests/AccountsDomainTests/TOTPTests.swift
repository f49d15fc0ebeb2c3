import AccountsDomain
import Cryptography
import Primitives
import Synchronization
import Testing

@Suite struct TOTPTests {
    let totp = TOTP(secret: Array("12345678901234567890".utf8)) { HMAC.sha1(key: $0, $1) }

    @Test(
        arguments: [
            (0, "755224"), (1, "287082"), (2, "359152"), (3, "969429"), (4, "338314"), (5, "254676"), (6, "287922"),
            (7, "162583"), (8, "399871"), (9, "520489"),
        ] as [(Int64, String)])
    func `the codes are those of RFC 4226, appendix D`(counter: Int64, code: String) {
        #expect(totp.code(counter) == code)
    }

    /// The appendix has eight digits, of which six are the last ones.
    @Test(
        arguments: [
            (59, 0x1, "287082"), (1_111_111_109, 0x23523EC, "081804"), (1_111_111_111, 0x23523ED, "050471"),
            (1_234_567_890, 0x273EF07, "005924"), (2_000_000_000, 0x3F940AA, "279037"),
            (20_000_000_000, 0x27BC86AA, "353130"),
        ] as [(Int64, Int64, String)])
    func `steps and codes are those of RFC 6238, appendix B`(seconds: Int64, step: Int64, code: String) {
        let now = Timestamp(milliseconds: seconds * 1000)
        #expect(TOTP.step(at: now) == step)
        #expect(totp.code(step) == code)
        #expect(totp.acceptedStep(code, at: now, after: nil) == step)
    }

    @Test(
        arguments: [(0, 0), (29_999, 0), (30_000, 1), (59_999, 1), (60_000, 2), (-1, -1), (-30_000, -1), (-30_001, -2)]
            as [(Int64, Int64)])
    func `a step lasts thirty seconds`(milliseconds: Int64, step: Int64) {
        #expect(TOTP.step(at: Timestamp(milliseconds: milliseconds)) == step)
    }

    static let now = Timestamp(milliseconds: 1_700_000_000_000)
    static let present = TOTP.step(at: now)

    @Test(
        arguments: [(-3, false), (-2, false), (-1, true), (0, true), (1, true), (2, false), (3, false)]
            as [(Int64, Bool)])
    func `a code may be one step early or late, no more`(offset: Int64, accepted: Bool) {
        let verdict = totp.verdict(on: totp.code(Self.present + offset), at: Self.now, after: nil)
        #expect(verdict == (accepted ? .accepted(step: Self.present + offset) : .wrong))
    }

    @Test(arguments: Int64(-1)...1, Int64(-2)...2)
    func `a step at or before the last accepted one is a replay`(offset: Int64, lastOffset: Int64) {
        let step = Self.present + offset
        let verdict = totp.verdict(on: totp.code(step), at: Self.now, after: Self.present + lastOffset)
        #expect(verdict == (offset > lastOffset ? .accepted(step: step) : .replayed))
        #expect(
            totp.acceptedStep(totp.code(step), at: Self.now, after: Self.present + lastOffset)
                == (offset > lastOffset ? step : nil))
    }

    @Test func `a code that two steps share is taken for the one not yet used`() {
        let constant = TOTP(secret: []) { _, _ in [UInt8](repeating: 0, count: 20) }
        #expect(constant.verdict(on: "000000", at: Self.now, after: nil) == .accepted(step: Self.present - 1))
        #expect(constant.verdict(on: "000000", at: Self.now, after: Self.present - 1) == .accepted(step: Self.present))
        #expect(constant.verdict(on: "000000", at: Self.now, after: Self.present + 1) == .replayed)
    }

    @Test(arguments: [
        "", "28708", "2870820", " 287082", "287082 ", "28708a", "+87082", "-87082", "２８７０８２", "٢٨٧٠٨٢", "287\u{0}82",
    ])
    func `only six ASCII digits are looked at`(typed: String) {
        #expect(totp.verdict(on: typed, at: Timestamp(milliseconds: 59_000), after: nil) == .wrong)
    }

    @Test func `all three steps are computed whatever is typed`() {
        for typed in ["000000", totp.code(Self.present - 1), totp.code(Self.present + 1)] {
            let computed = Mutex(0)
            let counting = TOTP(secret: []) { _, message in
                computed.withLock { $0 += 1 }
                return HMAC.sha1(key: Array("12345678901234567890".utf8), message)
            }
            _ = counting.verdict(on: typed, at: Self.now, after: Self.present)
            #expect(computed.withLock { $0 } == 3)
        }
    }
}
