public import Primitives

/// What decides who may see a player, beside what lies between him and the other.
public struct Standing: Hashable, Sendable {
    /// Whether his account is active: not pending, locked or erased.
    public var isActive: Bool
    /// Whether he hides.
    public var isHidden: Bool
    /// When he comes of age; `nil` without a birth date.
    public var adultFrom: Timestamp?
    /// When he was last seen.
    public var lastSeenAt: Timestamp?
    /// How many requests wait for his answer.
    public var waitingRequests: Int

    /// Takes everything as it is.
    public init(
        isActive: Bool, isHidden: Bool, adultFrom: Timestamp?, lastSeenAt: Timestamp?, waitingRequests: Int = 0
    ) {
        self.isActive = isActive
        self.isHidden = isHidden
        self.adultFrom = adultFrom
        self.lastSeenAt = lastSeenAt
        self.waitingRequests = waitingRequests
    }
}

/// What lies between two players.
public enum Bond: Hashable, Sendable {
    /// Nothing.
    case none
    /// A request of either waits for an answer.
    case pending
    /// They play together.
    case teammates
    /// A request was declined, or they were teammates until then.
    case declined(Timestamp)
    /// Either has blocked the other.
    case blocked
}

extension Standing {
    private static let month: Duration = .seconds(30 * 86_400)
    private static let mostWaiting = 20

    /// Whether `one` may look `other` up, by name or by picture.
    public static func mayView(
        _ one: Standing, _ other: Standing, _ bond: Bond, sharesGame: Bool, at now: Timestamp
    ) -> Bool {
        guard one.isShown, other.isShown, sameAge(one, other, now), !isParted(bond, now) else { return false }
        if bond == .pending || bond == .teammates { return true }
        return sharesGame && one.wasSeen(lately: now) && other.wasSeen(lately: now)
    }

    /// Whether `other` may be proposed to `one`.
    public static func mayPropose(
        _ other: Standing, to one: Standing, _ bond: Bond, sharesGame: Bool, at now: Timestamp
    ) -> Bool {
        bond != .pending && bond != .teammates && other.waitingRequests < mostWaiting
            && mayView(one, other, bond, sharesGame: sharesGame, at: now)
    }

    /// Whether what has come to be between two still shows to them: both are active and of one age group, and while a
    /// request waits neither hides.
    public static func mayList(_ one: Standing, _ other: Standing, _ bond: Bond, at now: Timestamp) -> Bool {
        guard one.isActive, other.isActive, sameAge(one, other, now), bond != .blocked else { return false }
        return bond != .pending || (one.isShown && other.isShown)
    }

    private var isShown: Bool { isActive && !isHidden }

    private func wasSeen(lately now: Timestamp) -> Bool {
        lastSeenAt.map { $0.adding(Self.month) >= now } ?? false
    }

    private static func sameAge(_ one: Standing, _ other: Standing, _ now: Timestamp) -> Bool {
        guard let one = one.adultFrom, let other = other.adultFrom else { return false }
        return (one <= now) == (other <= now)
    }

    private static func isParted(_ bond: Bond, _ now: Timestamp) -> Bool {
        switch bond {
        case .blocked: true
        case .declined(let at): now < at.adding(month)
        default: false
        }
    }
}
