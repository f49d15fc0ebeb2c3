import PlayersDomain
import Primitives
import Testing

@Suite struct SeeingTests {
    private let now = Timestamp(milliseconds: 1_770_000_000_000)

    private func days(_ days: Int64) -> Timestamp {
        now.adding(.seconds(days * 86_400))
    }

    private var adult: Standing {
        Standing(isActive: true, isHidden: false, adultFrom: days(-1), lastSeenAt: now)
    }

    private func changed(_ change: (inout Standing) -> Void) -> Standing {
        var standing = adult
        change(&standing)
        return standing
    }

    @Test func `two of age with a game in common may see each other`() {
        #expect(Standing.mayView(adult, adult, .none, sharesGame: true, at: now))
        #expect(Standing.mayPropose(adult, to: adult, .none, sharesGame: true, at: now))
        #expect(!Standing.mayView(adult, adult, .none, sharesGame: false, at: now))
    }

    @Test func `who is away, hidden, of another age or long unseen sees nobody and is not seen`() {
        let others = [
            changed { $0.isActive = false }, changed { $0.isHidden = true }, changed { $0.adultFrom = nil },
            changed { $0.adultFrom = days(1) }, changed { $0.lastSeenAt = nil }, changed { $0.lastSeenAt = days(-31) },
        ]
        for other in others {
            #expect(!Standing.mayView(adult, other, .none, sharesGame: true, at: now))
            #expect(!Standing.mayView(other, adult, .none, sharesGame: true, at: now))
        }
    }

    @Test func `a birthday moves a player from the minors to those of age`() {
        let minor = changed { $0.adultFrom = days(1) }
        #expect(Standing.mayView(minor, minor, .none, sharesGame: true, at: now))
        #expect(!Standing.mayView(minor, adult, .teammates, sharesGame: true, at: now))
        #expect(Standing.mayView(minor, adult, .none, sharesGame: true, at: days(1)))
    }

    @Test func `a request or a team lets two see each other without a game, but never proposes them`() {
        let gone = changed { $0.lastSeenAt = nil }
        for bond in [Bond.pending, .teammates] {
            #expect(Standing.mayView(adult, gone, bond, sharesGame: false, at: now))
            #expect(!Standing.mayPropose(adult, to: adult, bond, sharesGame: true, at: now))
            #expect(!Standing.mayView(adult, changed { $0.isHidden = true }, bond, sharesGame: true, at: now))
        }
    }

    @Test func `a block parts two for ever, a refusal for thirty days`() {
        #expect(!Standing.mayView(adult, adult, .blocked, sharesGame: true, at: now))
        #expect(!Standing.mayView(adult, adult, .declined(days(-29)), sharesGame: true, at: now))
        #expect(Standing.mayView(adult, adult, .declined(days(-30)), sharesGame: true, at: now))
    }

    @Test func `what is between two shows in their lists while both are active and of one age`() {
        let (minor, hidden) = (changed { $0.adultFrom = days(1) }, changed { $0.isHidden = true })
        for bond in [Bond.pending, .teammates, .declined(now)] {
            #expect(Standing.mayList(adult, changed { $0.lastSeenAt = nil }, bond, at: now))
            #expect(!Standing.mayList(adult, minor, bond, at: now))
            #expect(!Standing.mayList(changed { $0.isActive = false }, adult, bond, at: now))
        }
        #expect(Standing.mayList(adult, hidden, .teammates, at: now))
        #expect(!Standing.mayList(adult, hidden, .pending, at: now))
        #expect(!Standing.mayList(hidden, adult, .pending, at: now))
        #expect(!Standing.mayList(adult, adult, .blocked, at: now))
    }

    @Test func `twenty waiting requests hide a player from lists alone, and not his own list`() {
        let busy = changed { $0.waitingRequests = 20 }
        #expect(!Standing.mayPropose(busy, to: adult, .none, sharesGame: true, at: now))
        #expect(Standing.mayPropose(adult, to: busy, .none, sharesGame: true, at: now))
        #expect(Standing.mayView(adult, busy, .none, sharesGame: true, at: now))
        #expect(Standing.mayPropose(changed { $0.waitingRequests = 19 }, to: adult, .none, sharesGame: true, at: now))
    }
}
