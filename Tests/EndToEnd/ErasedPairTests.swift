import Foundation
import JSON
import Primitives
import Testing

extension MessagesEndToEnd {
    @Suite struct ErasedPairTests {
        @Test func `when both of two are erased, their conversation goes, and its key with it`() throws {
            let installation = try Installation.here
            var (ada, bob) = try Player.teammates(at: installation)
            let id = try #require(try ada.say("For us two", to: bob).json["conversationId"].string)
            let stored = try installation.store.one("conversations", ["_id": Stored.id(id)])
            let key = try #require(stored["keyId"]["$binary"]["base64"].string.flatMap(Base64.standard.decode))
            let all: Set = ["encryption.__keyVault", "passerelle.conversations", "passerelle.messages"]
            #expect(try collections(naming: key) == all)
            #expect(try ada.prove("POST", "/erase").status == 204)
            try finishErasure(of: ada)
            #expect(try bob.history(id).map { $0["deleted"] } == [true])
            #expect(try collections(naming: key).contains("encryption.__keyVault"))
            #expect(try bob.prove("POST", "/erase").status == 204)
            try finishErasure(of: bob)
            #expect(try collections(naming: key) == [])
        }

        private func collections(naming key: [UInt8]) throws -> Set<String> {
            let found = try Installation.here.store.search([key])
            return Set(
                found["hits"].elements.compactMap { $0["place"].string }
                    .filter { $0.hasPrefix("passerelle.") || $0.hasPrefix("encryption.") })
        }

        /// What the schedule does once nothing can come in any more from calls that were under way.
        private func finishErasure(of person: Person) throws {
            let installation = try Installation.here
            let filter: JSONValue = ["_id": Stored.id(person.accountID)]
            try installation.store.set("messageErasures", filter, ["at": Stored.date(hoursAway: -1)])
            let run = try Command([
                "/usr/bin/env", "secret_mount_path=\(installation.folder)/data/secrets", "Http_Method=POST",
                "Http_Path=/erasures/run",
                "Http_Passerelle_Internal_Key=" + installation.secret("internal-key"),
                Environment.program("read-messages"),
            ])
            #expect(run.status == 0)
            #expect(try installation.store.find("messageErasures", filter).isEmpty)
        }
    }
}
