import BSON
import Installation
import MongoDB

/// The own database as a replica set of one member, which transactions and change streams need, and its users.
struct ReplicaSet {
    static let name = "passerelle"
    private static let alreadyInitialized: Int32 = 23
    private static let notAMember: Int32 = 93
    private static let notReadYet: Int32 = 94

    private let place: ServerPlace
    private let administrator: DatabaseUser
    private let anonymous: MongoClient
    private let administering: MongoClient

    init(at place: ServerPlace, administrator: DatabaseUser) throws(Failure) {
        self.place = place
        self.administrator = administrator
        do {
            anonymous = try MongoClient(uri: place.uri(), applicationName: "set-up")
            administering = try MongoClient(uri: place.uri(for: administrator), applicationName: "set-up")
        } catch {
            throw DatabaseFailure.sentence(error, server: "MongoDB")
        }
    }

    /// Makes the set where there is none, waits until it takes writes, and sees that both users are there.
    func complete(functions user: DatabaseUser, waiting: Waiting) throws(Failure) {
        do {
            guard try waiting.until(seconds: 60, { () throws(Failure) in try takesWrites() }) else {
                throw Failure.unavailable("MongoDB became no primary within a minute; its log says more.")
            }
            try ensureAdministrator()
            try ensureUser(user)
        } catch let error as MongoError {
            throw DatabaseFailure.sentence(error, server: "MongoDB")
        } catch let error as Failure {
            throw error
        } catch {
            throw .unavailable("MongoDB could not be prepared.")
        }
    }

    private func takesWrites() throws(Failure) -> Bool {
        do throws(MongoError) {
            let hello = try anonymous.run(["hello": 1], on: "admin")
            if hello["isWritablePrimary"]?.bool == true { return true }
            if hello["isreplicaset"]?.bool == true { try initiate() }
            return false
        } catch .unavailable {
            return false
        } catch {
            throw DatabaseFailure.sentence(error, server: "MongoDB")
        }
    }

    /// Nobody needs to prove himself for this on a server without users; on one with users it is done already.
    private func initiate() throws(MongoError) {
        let member: Document = ["_id": 0, "host": .string(place.member)]
        let set: Document = ["_id": .string(Self.name), "members": .array([.document(member)])]
        do {
            try anonymous.run(["replSetInitiate": .document(set)], on: "admin")
        } catch .server(Self.alreadyInitialized, _) {
        } catch .unauthenticated {
            try moveIfElsewhere()
        }
    }

    /// Names the member anew where the data directory, or the port, is no longer the one that it was made with.
    private func moveIfElsewhere() throws(MongoError) {
        do {
            try administering.run(["replSetGetStatus": 1], on: "admin")
        } catch .server(Self.notReadYet, _) {
        } catch .server(Self.notAMember, _) {
            let reply = try administering.run(["replSetGetConfig": 1], on: "admin")
            guard var set = reply["config"]?.document, let version = set["version"]?.integer else { return }
            set["version"] = .int64(version + 1)
            set["members"] = .array([.document(["_id": 0, "host": .string(place.member)])])
            try administering.run(["replSetReconfig": .document(set), "force": true], on: "admin")
        }
    }

    private func ensureAdministrator() throws(any Error) {
        do throws(MongoError) {
            try administering.run(["connectionStatus": 1], on: "admin")
        } catch .unauthenticated {
            do throws(MongoError) {
                try create(administrator, roles: ["root"], by: anonymous)
            } catch .unauthenticated {
                throw Failure.misconfigured(
                    "The database does not take the password kept beside it for the user \(administrator.name).")
            }
        }
    }

    /// Change streams over one database and transactions ask for no more than reading and writing it.
    private func ensureUser(_ user: DatabaseUser) throws(MongoError) {
        let roles: [BSONValue] = [Installation.database, "encryption"].map { database in
            .document(["role": "readWrite", "db": .string(database)])
        }
        let known = try administering.run(["usersInfo": .string(user.name)], on: "admin")
        if known["users"]?.array?.isEmpty ?? true {
            try create(user, roles: roles, by: administering)
        } else {
            let change: Document = [
                "updateUser": .string(user.name), "pwd": .string(user.password), "roles": .array(roles),
            ]
            try administering.run(change, on: "admin")
        }
    }

    private func create(_ user: DatabaseUser, roles: [BSONValue], by client: MongoClient) throws(MongoError) {
        let command: Document = [
            "createUser": .string(user.name), "pwd": .string(user.password), "roles": .array(roles),
            "mechanisms": ["SCRAM-SHA-256"],
        ]
        try client.run(command, on: "admin")
    }
}
