import PlayersDomain
import PlayersStore
import Primitives

/// A made-up player.
struct DemoPlayer {
    let login: String
    let profile: Profile
    let library: [LibraryEntry]
    let seenAt: Timestamp
}

/// Made-up players, each the same whenever it is asked for.
struct DemoCast {
    static let prefix = "demo-"
    private let games: [Game]
    private static let firstNames = """
        Ada Bruno Chloe Dario Elif Finn Greta Hugo Ines Jonas Kaya Liam Mira Noah Olga Pablo Quinn Rosa Samir Tara \
        Umut Vera Wim Xenia Yara Zoe
        """.split(separator: " ").map(String.init)
    private static let surnames = """
        Abel Brandt Costa Dubois Eriksen Fischer Garcia Hansen Ito Jansen Kowalski Lopez Moreau Novak Okafor Petit \
        Rossi Sato Tanaka Ueda Varga Weber Yilmaz Zhang
        """.split(separator: " ").map(String.init)
    private static let places: [(zone: String, region: Region, languages: [String])] = [
        ("Europe/Paris", .europe, ["fr", "en"]), ("Europe/Berlin", .europe, ["de", "en"]),
        ("Europe/Madrid", .europe, ["es", "en"]), ("Europe/Warsaw", .europe, ["pl", "en"]),
        ("Europe/Rome", .europe, ["it", "en"]), ("America/New_York", .northAmerica, ["en"]),
        ("America/Los_Angeles", .northAmerica, ["en", "es"]), ("America/Sao_Paulo", .southAmerica, ["pt"]),
        ("Asia/Tokyo", .asia, ["ja"]), ("Asia/Seoul", .asia, ["ko"]), ("Australia/Sydney", .oceania, ["en"]),
        ("Africa/Lagos", .africa, ["en"]),
    ]
    private static let bios = [
        "Plays in the evening, win or lose.", "Looking for a steady team.", "Here for the story, not the score.",
        "Climbing the ladder, slowly.", "New to most of this, patient with others.", "",
    ]

    /// Players of those games; the first ones are played most.
    init(games: [Game]) {
        self.games = games
    }

    static func login(_ number: Int) -> String {
        let digits = String(number + 1)
        return prefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    func player(_ number: Int, at now: Timestamp) -> DemoPlayer? {
        var random = DemoNumbers(UInt64(number))
        let library = library(&random)
        guard let profile = profile(&random, at: now) else { return nil }
        return DemoPlayer(
            login: Self.login(number), profile: profile, library: library,
            seenAt: now.adding(.seconds(-Int64.random(in: 0...86_400 * 3, using: &random))))
    }

    private func profile(_ random: inout DemoNumbers, at now: Timestamp) -> Profile? {
        let place = Self.places[random.pick(Self.places.count)]
        let name =
            Self.firstNames[random.pick(Self.firstNames.count)] + " "
            + Self.surnames[random.pick(Self.surnames.count)]
        let isMinor = random.pick(8) == 0
        guard let birthDate = birthDate(&random, isMinor, now) else { return nil }
        var profile = Profile(displayName: name, birthDate: birthDate, timeZone: place.zone)
        profile.bio = Self.bios[random.pick(Self.bios.count)]
        profile.languages = place.languages
        profile.region = place.region
        profile.playStyle = PlayStyle.allCases[random.pick(PlayStyle.allCases.count)]
        profile.voiceChat = VoiceChat.allCases[random.pick(VoiceChat.allCases.count)]
        profile.availability = windows(&random)
        return profile
    }

    private func birthDate(_ random: inout DemoNumbers, _ isMinor: Bool, _ now: Timestamp) -> BirthDate? {
        let year = 1970 + Int(now.seconds / 31_556_952) - (isMinor ? 14 + random.pick(2) : 20 + random.pick(25))
        let (month, day) = (1 + random.pick(12), 1 + random.pick(28))
        let text = "\(year)-" + (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
        return BirthDate(parsing: text, at: now)
    }

    /// Mostly evenings, and some afternoons at the weekend.
    private func windows(_ random: inout DemoNumbers) -> [LocalWindow] {
        Weekday.allCases.filter { _ in random.pick(5) < 3 }.compactMap { day in
            let isFree = day == .saturday || day == .sunday
            let from = (isFree ? 14 : 18) + random.pick(3)
            return LocalWindow(day: day, from: "\(from):00", to: "\(from + 2 + random.pick(2)):30")
        }
    }

    private func library(_ random: inout DemoNumbers) -> [LibraryEntry] {
        var chosen: Set<Int> = []
        let count = min(games.count, 3 + random.pick(6))
        while chosen.count < count { chosen.insert(min(random.pick(games.count), random.pick(games.count))) }
        return chosen.sorted().map { index in
            let game = games[index]
            let step = game.ranks.isEmpty || random.pick(3) == 0 ? nil : game.ranks[random.pick(game.ranks.count)]
            let level = Level.allCases[step.map { min(3, $0.rank / 26) } ?? random.pick(4)]
            return LibraryEntry(
                gameID: game.id, level: level, rank: step?.rank, rankName: step?.name,
                weight: [.plays, .plays, .often, .favourite][random.pick(4)], hoursPlayed: random.pick(1500),
                statistics: [])
        }
    }
}

/// Numbers that look random and come again with the same seed (splitmix64).
struct DemoNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed &* 0x2545_F491_4F6C_DD1D
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to `count`.
    mutating func pick(_ count: Int) -> Int {
        Int(next() % UInt64(count))
    }
}
