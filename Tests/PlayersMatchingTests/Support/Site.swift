import AccountsAccess
import BSON
import Cryptography
import Foundation
import Installation
import MongoDB
import Platform
import PlayersStore
import PlayersTimeZones
import Primitives
import Runtime
import TestMongo

/// An installation on a server of its own, empty at first, and a folder for snapshots.
final class Site {
    let clock: HeldClock
    let folder: String
    let environment: FunctionEnvironment
    let installation: Installation
    let players: Players
    private let server: MongoServer

    init(at time: Timestamp) throws {
        server = try MongoServer()
        clock = HeldClock(time)
        folder = FileManager.default.temporaryDirectory.path + "/passerelle-matching-\(UUID().uuidString)"
        let secrets = folder + "/secrets"
        try FileManager.default.createDirectory(atPath: secrets, withIntermediateDirectories: true)
        let contents = [
            "mongodb-uri": server.uri, "master-key": Base64.standard.encode([UInt8](repeating: 7, count: 96)),
            "pepper": String(repeating: "p", count: 44), "audit-key": String(repeating: "a", count: 44),
            "internal-key": String(repeating: "i", count: 44),
            "token-key": String(decoding: Ed25519.PrivateKey.generate().pem, as: UTF8.self),
        ]
        for (name, content) in contents {
            try Data(content.utf8).write(to: URL(fileURLWithPath: secrets + "/" + name))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: secrets + "/" + name)
        }
        environment = FunctionEnvironment(
            variables: [
                "secret_mount_path": secrets, "SNAPSHOT_DIR": folder + "/snapshots", "FUNCTION_MODE": "warm",
                "HASH_SLOTS": "2",
            ], clock: clock)
        installation = try Installation(environment: environment, function: "tests")
        players = try Self.players(installation)
        try players.prepare()
        try installation.client.run(["create": "accounts"], on: Installation.database)
    }

    /// What another process would work on.
    func otherPlayers() throws -> Players {
        try Self.players(environment)
    }

    /// The players as a process of that environment sees them.
    static func players(_ environment: FunctionEnvironment) throws -> Players {
        try players(Installation(environment: environment, function: "tests"))
    }

    private static func players(_ installation: Installation) throws -> Players {
        Players(installation, try Access(installation), zones: TimeZoneFolder())
    }

    func end() {
        server.end()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var context: Context {
        Context(
            callID: "test", clientAddress: "", clock: clock, random: SystemRandom(), log: Log(callID: "test"))
    }

    func collection(_ name: String) -> MongoCollection {
        installation.collection(name)
    }
}

/// The system's clock, moved by as much as it is told.
final class HeldClock: WallClock {
    private let ahead: Locked<Duration>

    init(_ start: Timestamp) {
        let now = SystemClock().now
        ahead = Locked(.milliseconds(start.milliseconds - now.milliseconds))
    }

    var now: Timestamp { SystemClock().now.adding(ahead.get()) }

    func advance(seconds: Int64) {
        ahead.change { $0 += .seconds(seconds) }
    }
}

/// Calls `body` until it gives true, for a minute.
func patiently(_ what: String, _ body: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(180)
    while try !body() {
        guard ContinuousClock.now < end else { throw TestFailure("waited in vain until \(what)") }
        usleep(20_000)
    }
}
