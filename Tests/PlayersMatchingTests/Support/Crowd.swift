import BSON
import Installation
import MongoDB
import PlayersDomain
import PlayersStore
import Primitives

/// Players drawn by chance and written straight into the database.
struct Crowd {
    private var random: SeededNumbers
    private let now: Timestamp
    private(set) var ids: [UniqueID] = []

    init(_ seed: UInt64, at now: Timestamp) {
        random = SeededNumbers(seed)
        self.now = now
    }

    mutating func fill(_ site: Site, _ count: Int) throws {
        var accounts: [Document] = []
        var players: [Document] = []
        for number in 0..<count {
            let id = newID()
            ids.append(id)
            accounts.append(account(id, number))
            players.append(["_id": .id(id), "version": 1, "library": library(), "edits": [], "profile": profile()])
        }
        for start in stride(from: 0, to: count, by: 2000) {
            let range = start..<min(start + 2000, count)
            try site.collection("accounts").insertMany(Array(accounts[range]))
            try site.collection("players").insertMany(Array(players[range]))
        }
    }

    /// Changes somebody, in one of the ways in which players and accounts change.
    mutating func change(_ site: Site) throws {
        let id = anyone()
        let filter: Document = ["_id": .id(id)]
        let (players, accounts) = (site.collection("players"), site.collection("accounts"))
        switch index(9) {
        case 0: try players.update(filter, ["$set": ["library": library()], "$inc": ["version": 1]])
        case 1: try players.update(filter, ["$set": ["profile": profile()], "$inc": ["version": 1]])
        case 2: try players.update(filter, ["$set": ["profile.visibility": "hidden"]])
        case 3: try players.update(filter, ["$set": ["profile.visibility": "public"]])
        case 4: try accounts.update(filter, ["$set": ["status": .string(index(2) == 0 ? "locked" : "active")]])
        case 5: try accounts.update(filter, ["$max": ["lastSeenAt": .date(site.clock.now)]])
        case 6:
            try players.delete(filter)
            try accounts.delete(filter)
        case 7: try site.players.block(anyone(), by: id, at: site.clock.now)
        default:
            try players.replace(
                filter,
                with: ["_id": .id(id), "version": 1, "library": library(), "edits": [], "profile": profile()],
                upsert: true)
        }
    }

    mutating func anyone() -> UniqueID { ids[index(ids.count)] }

    private mutating func index(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func newID() -> UniqueID {
        UniqueID(bytes: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }) ?? .zero
    }

    private mutating func account(_ id: UniqueID, _ number: Int) -> Document {
        let seen = now.adding(.seconds(Int64(-index(33) * 86_400 - index(86_400))))
        let status = ["active", "active", "active", "active", "locked", "pending"][index(6)]
        return [
            "_id": .id(id), "login": .string("player-\(number)"), "loginFolded": .string("player-\(number)"),
            "status": .string(status), "roles": [], "keyId": .id(id), "createdAt": .date(now),
            "lastSeenAt": .date(seen),
            "credentials": ["version": 1, "issuedAt": .date(now), "expiresAt": .date(now)],
        ]
    }

    private mutating func library() -> BSONValue {
        let names = (0..<40).shuffled(using: &random).prefix(index(8))
        return .array(
            names.sorted().map { name in
                var entry: Document = [
                    "gameId": .string("game-\(name)"), "level": .string(Level.allCases[index(4)].rawValue),
                    "weight": .integer([1, 2, 4][index(3)]), "hoursPlayed": 1, "statistics": [],
                ]
                if index(2) == 0 { entry.append("rank", .integer(index(101))) }
                return .document(entry)
            })
    }

    private mutating func profile() -> BSONValue {
        let zones = ["Europe/Paris", "America/New_York", "Asia/Kathmandu", "UTC", "Australia/Lord_Howe"]
        let days = [-4000, -1, 0, 1, 2, 3000][index(6)]
        let midnight = Timestamp(milliseconds: now.seconds / 86_400 * 86_400_000)
        var profile: Document = [
            "displayName": "Somebody", "timeZone": .string(zones[index(zones.count)]),
            "languages": .array(["de", "en", "fr"].shuffled(using: &random).prefix(index(3)).map(BSONValue.string)),
            "availability": .array((0..<index(4)).map { _ in window() }),
            "visibility": .string(index(12) == 0 ? "hidden" : "public"),
            "adultFrom": .date(midnight.adding(.seconds(Int64(days) * 86_400))),
        ]
        if index(5) > 0 { profile.append("region", .string(Region.allCases[index(6)].rawValue)) }
        if index(5) > 0 { profile.append("playStyle", .string(PlayStyle.allCases[index(3)].rawValue)) }
        if index(5) > 0 { profile.append("voiceChat", .string(VoiceChat.allCases[index(3)].rawValue)) }
        return .document(profile)
    }

    private mutating func window() -> BSONValue {
        let from = index(23)
        let to = (from + 1 + index(6)) % 24
        func time(_ hour: Int) -> BSONValue {
            .string((hour < 10 ? "0" : "") + "\(hour):" + (index(2) == 0 ? "00" : "30"))
        }
        return ["day": .string(Weekday.allCases[index(7)].rawValue), "from": time(from), "to": time(to)]
    }
}

/// Numbers that look random and come again with the same seed (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
