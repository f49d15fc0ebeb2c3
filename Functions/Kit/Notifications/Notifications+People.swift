import BSON
public import MongoDB

extension Notifications {
    /// Tells of another account, in the transaction of what it tells. Where the same kind of thing was told of him before
    /// and has not been read, that one tells it now: nobody fills a list by taking back and asking again.
    public func tell(_ told: Notification, _ session: MongoSession) throws(MongoError) {
        guard let from = told.data["from"] else { return }
        let unread: Document = [
            "account": .id(told.account), "type": .string(told.kind.rawValue), "read": false, "data.from": from,
        ]
        let change: Document = ["$set": ["data": .document(told.data)]]
        guard try notifications.update(unread, change, session: session).matched == 0 else { return }
        try notifications.insert(told.document, session: session)
    }
}
