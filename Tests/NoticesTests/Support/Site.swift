import AccountsDomain
import AccountsStore
import BSON
import FieldEncryption
import Foundation
import Installation
import JSON
import MongoDB
import Platform
import Primitives
import Runtime
import TestMongo
import Wire

/// An installation on the shared server, empty at first, whose clock stands still.
struct Site {
    let clock = HeldClock()
    let environment: FunctionEnvironment
    let installation: Installation
    let accounts: Accounts
    let folder: String

    init(_ settings: [String: String] = [:]) throws {
        let server = try MongoServer.shared.get()
        folder = FileManager.default.temporaryDirectory.path + "/passerelle-notices-\(UUID().uuidString)"
        let secrets = folder + "/secrets"
        try FileManager.default.createDirectory(atPath: secrets, withIntermediateDirectories: true)
        let contents = [
            "mongodb-uri": server.uri, "master-key": Base64.standard.encode([UInt8](repeating: 7, count: 96)),
            "pepper": String(repeating: "p", count: 44), "audit-key": String(repeating: "a", count: 44),
            "internal-key": String(repeating: "i", count: 44), "webhook-key": Self.webhookKey,
            "smtp-password": "pass:word\n",
        ]
        for (name, content) in contents {
            try Data(content.utf8).write(to: URL(fileURLWithPath: secrets + "/" + name))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: secrets + "/" + name)
        }
        let own = [
            "secret_mount_path": secrets, "PUBLIC_URL": "https://play.example.org",
            "ERASURES_PATH": folder + "/erasures", "HASH_SLOTS": "2",
        ]
        environment = FunctionEnvironment(variables: own.merging(settings) { $1 }, clock: clock)
        installation = try Installation(environment: environment, function: "tests")
        for database in ["passerelle", "encryption"] {
            try installation.client.run(["dropDatabase": 1], on: database)
        }
        try AccountIndexes.create(in: installation)
        try installation.encryption.ensureKeyVaultIndex()
        accounts = try Accounts(installation)
    }

    static let webhookKey = "d2ViaG9vay1rZXktb2YtdGhlLXRlc3Rz"

    var context: Context {
        Context(
            callID: "test", clientAddress: "192.0.2.1", isInternal: true, clock: clock, random: SystemRandom(),
            log: Log(callID: "test"))
    }

    /// Calls functions as the gateway does.
    var caller: Caller { Caller(clock: clock) }

    @discardableResult
    func call<Function: FunctionHandler>(
        _ function: inout Function, _ method: String = "POST", _ path: String = "/", _ content: JSONValue? = nil,
        isInternal: Bool = true
    ) throws -> JSONValue {
        try caller.call(&function, method, path, content, isInternal: isInternal)
    }

    /// Makes an account that has logged in, as far as the store tells.
    @discardableResult
    func makeAccount(_ login: String, email: String? = nil) throws -> Account {
        let parsed = try unwrapped(Login(parsing: login))
        let new = NewAccount(login: parsed, email: email)
        let created = try accounts.create(new, context)
        try collection("accounts").update(
            ["_id": .id(created.id)], ["$set": ["status": "active", "credentials.confirmed": true]])
        return try unwrapped(try accounts.account(created.id))
    }

    func collection(_ name: String) -> MongoCollection {
        installation.collection(name)
    }

    /// How many documents match.
    func count(_ name: String, _ filter: Document) throws -> Int {
        try collection(name).count(filter)
    }
}

func unwrapped<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw TestFailure("a value is missing") }
    return value
}
