import BSON
public import MongoDB
import PlayersDomain

extension Catalogue {
    private static let marker: BSONValue = "start"

    /// Puts the starting games into a catalogue that never had them, and into no other, so that one which an admin has
    /// removed stays away.
    public func importStart() throws(MongoError) {
        guard try imports.findOne(["_id": Self.marker]) == nil else { return }
        for game in StartingGames.all {
            do throws(MongoError) {
                try games.insert(game.document)
            } catch .duplicateKey {
                continue
            }
        }
        do throws(MongoError) {
            try imports.insert(["_id": Self.marker])
        } catch .duplicateKey {
            return
        }
    }
}
