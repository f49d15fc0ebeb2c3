public import PlayersDomain
import Primitives

/// What a player tells of himself, in the clear.
public struct Profile: Hashable, Sendable {
    /// The name shown to others.
    public var displayName: String
    /// A text about himself; empty where there is none.
    public var bio: String
    /// The day he was born on.
    public var birthDate: BirthDate
    /// The languages in the order given, none twice.
    public var languages: [String]
    /// Where he plays from.
    public var region: Region?
    /// His time zone's name in the IANA database.
    public var timeZone: String
    /// How he plays.
    public var playStyle: PlayStyle?
    /// Whether he talks while playing.
    public var voiceChat: VoiceChat?
    /// When he has time, in his zone.
    public var availability: [LocalWindow]
    /// Whether nobody sees him.
    public var isHidden: Bool
    /// His handles elsewhere.
    public var links: [Handle: String]

    /// A profile with what must be there; the rest is set afterwards.
    public init(displayName: String, birthDate: BirthDate, timeZone: String) {
        self.displayName = displayName
        self.birthDate = birthDate
        self.timeZone = timeZone
        bio = ""
        languages = []
        availability = []
        isHidden = false
        links = [:]
    }

    /// Whether `other` says the same about when there is time.
    func hasSameTimes(as other: Profile) -> Bool {
        timeZone == other.timeZone && Set(availability) == Set(other.availability)
    }
}
