import BSON
public import MongoDB

extension Accounts {
    /// How many accounts still have a password or recovery codes under `pepper-previous`; `nil` where there is none.
    /// At 0 the secret may go.
    public func accountsUnderPreviousPepper() throws(MongoError) -> Int? {
        guard let previous = sealer.previousPepperID else { return nil }
        let named: [BSONValue] = [
            ["credentials.pepperId": .string(previous)], ["credentials.recoveryPepperId": .string(previous)],
        ]
        return try accounts.count(["$or": .array(named)])
    }
}
