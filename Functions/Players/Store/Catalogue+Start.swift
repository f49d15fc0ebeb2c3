import BSON
public import MongoDB
import PlayersDomain

extension Catalogue {
    private static let marker: BSONValue = "start"

    /// Puts the starting games into a catalogue that never had them, and into no other, so that one which an admin has
    /// removed stays away. It is one transaction, so that of several at once one puts them in, and none is late with a
    /// game that has been removed meanwhile.
    public func importStart() throws(MongoError) {
        guard try imports.findOne(["_id": Self.marker]) == nil else { return }
        do throws(MongoError) {
            try client.withTransaction { (session) throws(MongoError) in
                try imports.insert(["_id": Self.marker], session: session)
                for game in StartingGames.all {
                    try games.update(
                        ["_id": .string(game.id.text)], ["$setOnInsert": .document(game.fields)], upsert: true,
                        session: session)
                }
            }
        } catch .duplicateKey {
            return
        }
    }
}
