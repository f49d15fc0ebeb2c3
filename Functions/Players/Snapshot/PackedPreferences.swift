import PlayersDomain

/// Preferences in a byte, and languages in a bit each.
enum PackedPreferences {
    /// Words of 64 languages.
    static let languageWords = 3
    private static let regions = Region.allCases
    private static let styles = PlayStyle.allCases
    private static let voices = VoiceChat.allCases

    /// Region in three bits, style and voice in two each; 0 stands for what is not filled in.
    static func pack(_ preferences: Preferences) -> UInt8 {
        let region = place(preferences.region, in: regions)
        return region << 4 | place(preferences.playStyle, in: styles) << 2 | place(preferences.voiceChat, in: voices)
    }

    static func languages(_ codes: Set<String>) -> [UInt64] {
        codes.compactMap(Language.index).reduce(into: [UInt64](repeating: 0, count: languageWords)) { words, index in
            words[index / 64] |= 1 << UInt64(index % 64)
        }
    }

    /// What each packed byte of another earns beside `own`, languages left out.
    static func points(beside own: Preferences) -> [Int32] {
        let mine = ScoredProfile(games: [], preferences: own)
        return (0..<128).map { byte in
            let other = Preferences(
                region: choice(byte >> 4, of: regions), playStyle: choice(byte >> 2 & 3, of: styles),
                voiceChat: choice(byte & 3, of: voices))
            return Int32(Score(mine, ScoredProfile(games: [], preferences: other)).preferences)
        }
    }

    /// What a shared language earns, by the score's own account.
    static let sharedLanguage: Int32 = {
        let one = ScoredProfile(games: [], preferences: Preferences(languages: ["en"]))
        return Int32(Score(one, one).preferences)
    }()

    private static func place<Choice: Equatable>(_ choice: Choice?, in choices: [Choice]) -> UInt8 {
        choice.flatMap { choices.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0
    }

    private static func choice<Choice>(_ place: Int, of choices: [Choice]) -> Choice? {
        (1...choices.count).contains(place) ? choices[place - 1] : nil
    }
}
