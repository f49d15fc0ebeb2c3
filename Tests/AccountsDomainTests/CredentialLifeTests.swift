import AccountsDomain
import Primitives
import Testing

@Suite struct CredentialLifeTests {
    let issued = Timestamp(milliseconds: 1_767_225_600_000)

    @Test func `credentials live 182 days where nothing is configured`() {
        #expect(issued.description == "2026-01-01T00:00:00.000Z")
        #expect(CredentialLife.standard.end(issuedAt: issued).description == "2026-07-02T00:00:00.000Z")
    }

    @Test(arguments: [(0, false), (-1, false), (1, true), (182, true), (3650, true), (3651, false), (Int.max, false)])
    func `a lifetime has one to 3650 days`(days: Int, allowed: Bool) {
        #expect((CredentialLife(days: days)?.days == days) == allowed)
    }

    @Test(
        arguments: [
            (-15 * 86_400_000, false, false), (-14 * 86_400_000 - 1, false, false), (-14 * 86_400_000, true, false),
            (-1, true, false), (0, true, true), (1, true, true),
        ] as [(Int64, Bool, Bool)])
    func `renewal is due in the last fourteen days, and the end is the first instant without credentials`(
        offset: Int64, soon: Bool, expired: Bool
    ) {
        let end = CredentialLife.standard.end(issuedAt: issued)
        let now = Timestamp(milliseconds: end.milliseconds + offset)
        #expect(CredentialLife.renewSoon(expiresAt: end, now: now) == soon)
        #expect(CredentialLife.isExpired(expiresAt: end, now: now) == expired)
    }

    @Test func `statuses and roles are stored under the contract's names`() {
        #expect(AccountStatus.allCases.map(\.rawValue) == ["pending", "active", "locked"])
        #expect(Role.allCases.map(\.rawValue) == ["admin"])
    }
}
