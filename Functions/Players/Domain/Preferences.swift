/// What a player wishes for in those he plays with; what is `nil` or empty was not filled in.
public struct Preferences: Hashable, Sendable {
    /// Languages by ISO 639-1.
    public var languages: Set<String>
    /// Where he plays from.
    public var region: Region?
    /// How he plays.
    public var playStyle: PlayStyle?
    /// Whether he talks while playing.
    public var voiceChat: VoiceChat?

    /// Takes what was filled in.
    public init(
        languages: Set<String> = [], region: Region? = nil, playStyle: PlayStyle? = nil, voiceChat: VoiceChat? = nil
    ) {
        self.languages = languages
        self.region = region
        self.playStyle = playStyle
        self.voiceChat = voiceChat
    }
}

/// A part of the world to play from.
public enum Region: String, CaseIterable, Sendable {
    case africa, asia, europe
    case northAmerica = "north-america"
    case oceania
    case southAmerica = "south-america"

    /// Whether players of both can meet without too late an hour or too long a line.
    func adjoins(_ other: Region) -> Bool {
        switch (self, other) {
        case (.europe, .northAmerica), (.northAmerica, .europe), (.asia, .oceania), (.oceania, .asia): true
        default: false
        }
    }
}

/// How a player plays.
public enum PlayStyle: String, CaseIterable, Sendable {
    case casual, competitive, any
}

/// Whether a player talks while playing.
public enum VoiceChat: String, CaseIterable, Sendable {
    case required, optional, never
}
