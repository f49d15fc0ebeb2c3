import AccountsAccess
import AccountsDomain
import AccountsStore
import MongoDB
import Platform
import PlayersDomain
import PlayersStore
import Primitives
import Runtime

/// What `set-up demo` does: puts made-up players into an installation, or with `--remove` takes them out again; beside
/// a server that runs, or by starting the database.
struct DemoCommand {
    private static let count = 2000
    private let desk: InstallationDesk
    private let accounts: Accounts
    private let players: Players
    private let progress = Progress(steps: 2)

    static func run(_ settings: Settings, isRemoval: Bool) throws(Failure) {
        if DataDirectory.isTaken(settings.dataDirectory) { return try act(settings, isRemoval) }
        let preparation = try Preparation(settings: settings, steps: 5, isQuiet: true)
        defer { preparation.close() }
        try preparation.complete()
        try act(settings, isRemoval)
    }

    private static func act(_ settings: Settings, _ isRemoval: Bool) throws(Failure) {
        let desk = try InstallationDesk(settings)
        do {
            let command = try DemoCommand(desk)
            if isRemoval { try command.remove() } else { try command.fill() }
        } catch let failure as SetUpFailure {
            throw Failure(sentence: failure.sentence, status: failure.exitStatus)
        } catch {
            throw .unavailable("The made-up players are not complete (\(error)); run the same again.")
        }
    }

    private init(_ desk: InstallationDesk) throws {
        self.desk = desk
        accounts = try Accounts(desk.installation)
        players = Players(desk.installation, try Access(accounts), zones: NoZones())
    }

    /// Makes those who are missing, says of all that they were seen of late, and lets some of them meet.
    private func fill() throws {
        try players.prepare()
        let cast = DemoCast(games: try players.catalogue.list(query: nil, category: nil, after: nil, limit: 500))
        var known = try accounts.demonstrations()
        progress.step("\(Self.count) made-up players")
        for number in 0..<Self.count {
            guard let player = cast.player(number, at: now), let login = Login(parsing: player.login) else { continue }
            let id = try known[player.login] ?? accounts.createDemonstration(login, seenAt: player.seenAt, context)
            try accounts.seeDemonstration(id, at: player.seenAt)
            known[player.login] = id
            try complete(id, player)
            if number % 100 == 99 { progress.tick() }
        }
        progress.finish()
        progress.step("Requests and teammates")
        let made = try meet(cast, known)
        progress.finish("\(made) pairs")
        progress.say(
            "Their logins begin with \(DemoCast.prefix); nobody can log into them. \"make demo REMOVE=1\" removes them."
        )
    }

    private func complete(_ id: UniqueID, _ player: DemoPlayer) throws {
        guard try !players.player(id).hasProfile, let person = try players.access.person(id) else { return }
        _ = try players.replaceLibrary(of: id, with: player.library)
        _ = try players.setProfile(of: person, at: now) { _ in player.profile }
    }

    /// Every tenth asks the next one like him; half of the requests are accepted.
    private func meet(_ cast: DemoCast, _ known: [String: UniqueID]) throws -> Int {
        var pairs = 0
        for number in stride(from: 0, to: Self.count - 10, by: 10) {
            guard let from = try person(cast, number, known), let to = try person(cast, number + 10, known) else {
                continue
            }
            let outcome = try players.request(from: from, to: to, note: "Shall we play?", context)
            guard case .made(let request) = outcome else { continue }
            pairs += 1
            if number % 20 == 0 { _ = try players.answer(request.id, by: to, .accepted, context) }
        }
        return pairs
    }

    private func person(_ cast: DemoCast, _ number: Int, _ known: [String: UniqueID]) throws -> Person? {
        guard let id = known[DemoCast.login(number)] else { return nil }
        return try players.access.person(id)
    }

    private func remove() throws {
        let known = try accounts.demonstrations()
        let records = PlayerRecords(desk.installation)
        progress.step("Removing \(known.count) made-up players")
        for (number, id) in known.values.enumerated() {
            try accounts.eraseDemonstration(id, context) { (session) throws(MongoError) in
                try records.remove(id, session)
            }
            if number % 100 == 99 { progress.tick() }
        }
        progress.finish()
    }

    private var context: Context { desk.context }
    private var now: Timestamp { desk.context.now }
}

/// Nothing is scored here.
private struct NoZones: ZoneSource {
    func offsets(of name: String) -> (any ZoneOffsets)? { nil }
}
