public import JSON
import PlayersDomain
public import PlayersStore
import PlayersTimeZones
public import Primitives

/// A profile as its owner sends it, checked but for what depends on the time.
public struct ProfileContent: JSONObjectReadable {
    /// The members that there are.
    public static let names: Set<String> = [
        "displayName", "bio", "birthDate", "languages", "region", "timeZone", "playStyle", "voiceChat", "availability",
        "visibility", "links",
    ]
    private let displayName: String
    private let bio: String
    private let birthDate: String
    private let languages: [String]
    private let region: Region?
    private let timeZone: String
    private let playStyle: PlayStyle?
    private let voiceChat: VoiceChat?
    private let availability: [LocalWindow]
    private let isHidden: Bool
    private let links: [Handle: String]

    /// Takes the members; throws for one that is missing, unknown or out of range.
    public init(members: inout JSONMembers) throws(JSONError) {
        displayName = try members.checked("displayName", "must be 1 to 40 characters", ProfileText.isDisplayName)
        birthDate = try members.required("birthDate")
        timeZone = try members.checked("timeZone", "must name a zone of the IANA database") {
            TimeZoneFolder().zone($0) != nil
        }
        let bio = try members.optional("bio", as: String.self) ?? ""
        guard ProfileText.isBio(bio) else { throw JSONError("must be at most 1000 characters").inside("bio") }
        self.bio = bio
        languages = try members.languages()
        region = try members.choice("region")
        playStyle = try members.choice("playStyle")
        voiceChat = try members.choice("voiceChat")
        availability = try members.windows()
        isHidden = try members.choice("visibility", as: Visibility.self) == .hidden
        links = try members.optional("links", as: LinksContent.self)?.links ?? [:]
    }

    /// The profile; throws for a birth date that is none at `now`.
    public func profile(at now: Timestamp) throws(JSONError) -> Profile {
        guard let date = BirthDate(parsing: birthDate, at: now) else { throw .noBirthDate.inside("birthDate") }
        var profile = Profile(displayName: displayName, birthDate: date, timeZone: timeZone)
        profile.bio = bio
        profile.languages = languages
        profile.region = region
        profile.playStyle = playStyle
        profile.voiceChat = voiceChat
        profile.availability = availability
        profile.isHidden = isHidden
        profile.links = links
        return profile
    }
}

private enum Visibility: String, CaseIterable {
    case `public`, hidden
}

extension JSONError {
    /// What is wrong with a birth date.
    public static let noBirthDate = JSONError("must be a day from 1900-01-01 to today, as YYYY-MM-DD")
}

extension JSONMembers {
    fileprivate mutating func languages() throws(JSONError) -> [String] {
        guard let languages = try optional("languages", as: [String].self) else { return [] }
        guard (1...10).contains(languages.count), Set(languages).count == languages.count,
            languages.allSatisfy(Language.isCode)
        else { throw JSONError("must be 1 to 10 codes of ISO 639-1, none twice").inside("languages") }
        return languages
    }

    fileprivate mutating func windows() throws(JSONError) -> [LocalWindow] {
        let windows = try optional("availability", as: [WindowContent].self) ?? []
        guard windows.count <= 50 else { throw JSONError("must be at most 50 windows").inside("availability") }
        return windows.map(\.window)
    }
}
