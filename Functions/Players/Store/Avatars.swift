public import AccountsAccess
import BSON
import FieldEncryption
public import Installation
import MongoDB
public import Primitives

/// The pictures that players have sent, encrypted under their accounts' keys.
public struct Avatars {
    let collection: MongoCollection
    private let encryption: FieldEncryption

    /// The pictures of an installation's players.
    public init(_ installation: Installation) {
        collection = installation.collection("avatars")
        encryption = installation.encryption
    }

    /// Puts a picture in the place of the one before.
    public func put(_ picture: [UInt8], of account: Person) throws {
        let sealed = try encryption.encrypt(.bytes(picture), at: Self.place(account.id), key: account.keyID)
        try collection.update(["_id": .id(account.id)], ["$set": ["picture": sealed]], upsert: true)
    }

    /// Removes an account's picture, if there is one.
    public func remove(of account: UniqueID) throws {
        try collection.delete(["_id": .id(account)])
    }

    /// An account's picture; `nil` where it has sent none. Throws where it is not where it was written.
    public func picture(of account: UniqueID, key: UniqueID) throws -> [UInt8]? {
        guard let sealed = try collection.findOne(["_id": .id(account)])?["picture"] else { return nil }
        return try encryption.decrypt(sealed, at: Self.place(account), key: key).binary
    }

    private static func place(_ account: UniqueID) -> FieldPlace {
        FieldPlace(owner: account, document: .id(account), field: "avatar")
    }
}
