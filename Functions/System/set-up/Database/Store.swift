import AccountsStore
import BSON
import FieldEncryption
import Installation
import MessagesStore
import MongoDB
import Notifications
import PlayersStore
import SystemStore

/// The database as the functions use it.
struct Store {
    private let client: MongoClient
    /// How sentences name it.
    private let server: String

    init(uri: String, server: String) throws(Failure) {
        self.server = server
        do {
            client = try MongoClient(uri: uri, applicationName: "set-up")
        } catch {
            throw DatabaseFailure.sentence(error, server: server)
        }
    }

    /// Finds out whether the server answers, takes the credentials, and can do transactions.
    func reach() throws(Failure) {
        var isReplicated = false
        try translating { () throws(MongoError) in
            let hello = try client.run(["hello": 1], on: "admin")
            isReplicated = hello["setName"] != nil || hello["msg"]?.string == "isdbgrid"
        }
        guard isReplicated else {
            throw .misconfigured("\(server) is no replica set, which transactions need: start it with --replSet.")
        }
    }

    /// Makes the indexes that are missing, and with them their collections.
    func makeIndexes() throws(Failure) {
        try translating { () throws(MongoError) in
            let told = [(collection: Notifications.collection, indexes: Notifications.indexes)]
            let all = AccountIndexes.all + PlayerIndexes.all + MessageIndexes.all + SystemIndexes.all + told
            for (name, indexes) in all {
                try client.collection(Installation.database, name).createIndexes(indexes)
            }
            try Catalogue(client).importStart()
        }
    }

    /// Sees that the keys, a key service's among them, are those that the data keys are wrapped under, or makes the
    /// first data key.
    func verify(_ keys: MasterKeys, secrets: String) throws(Failure) {
        do {
            let encryption = try FieldEncryption(client: client, keys: keys) { nil }
            try encryption.ensureKeyVaultIndex()
            try encryption.verifyMasterKey()
        } catch {
            throw DatabaseFailure.sentence(error, server: server, secrets: secrets)
        }
    }

    private func translating(_ body: () throws(MongoError) -> Void) throws(Failure) {
        do {
            try body()
        } catch {
            throw DatabaseFailure.sentence(error, server: server)
        }
    }
}
