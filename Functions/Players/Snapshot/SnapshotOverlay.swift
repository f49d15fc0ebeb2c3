/// The players that are new or changed since the snapshot's file was made.
struct SnapshotOverlay {
    /// Them, in no order; who is out has a last sight of 0.
    private(set) var profiles: [PackedProfile] = []
    /// For each, the numbers of the games in the order of its library.
    private(set) var games: [[Int]] = []
    private var places: [PackedID: Int] = [:]

    mutating func put(_ profile: PackedProfile, _ table: GameTable) {
        let numbers = profile.games.map { table.known($0.name) ?? 0 }
        if let place = places[profile.id] {
            profiles[place] = profile
            games[place] = numbers
        } else {
            places[profile.id] = profiles.count
            profiles.append(profile)
            games.append(numbers)
        }
    }

    mutating func remove(_ id: PackedID) {
        if let place = places[id] { profiles[place].seen = 0 }
    }

    /// Notes a last sight; `false` where the player is not here.
    mutating func see(_ id: PackedID, _ seconds: UInt32) -> Bool {
        guard let place = places[id] else { return false }
        if profiles[place].seen != 0 { profiles[place].seen = seconds }
        return true
    }

    func seen(_ id: PackedID) -> UInt32? {
        places[id].map { profiles[$0].seen }
    }
}
