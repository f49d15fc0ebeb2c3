import BSON
import CMongoShim

extension MongoClient {
    /// The connection to the primary; `nil` where it does not lead to a member of a replica set itself. One that served
    /// before is given unseen: whether it is still there shows in the write.
    public func link() throws(MongoError) -> MongoLink? {
        if let latestLink { return latestLink }
        _ = try remainingMilliseconds()
        if mayHaveWire {
            wire = try MongoWire(self)
            mayHaveWire = wire != nil
        }
        latestLink = if let wire { wire.link } else { try look(at: nil) }
        return latestLink
    }

    /// Throws `.unavailable` where the connection is no more; otherwise what comes next goes over it or fails.
    func require(_ link: MongoLink) throws(MongoError) {
        if let wire, wire.link == link { return }
        latestLink = nil
        guard try look(at: link.server) == link else { throw .unavailable("the connection was made anew") }
        latestLink = link
    }

    /// The connection to that server, or to the one that takes writes.
    private func look(at server: UInt32?) throws(MongoError) -> MongoLink? {
        var link = cm_link()
        var error = cm_error()
        guard unsafe cm_link_look(handle, server ?? 0, &link, &error) else { throw failure(error) }
        return MongoLink(link)
    }

    /// Runs a command on the server that the connection leads to, not retried.
    func run(_ command: Document, on database: String, over link: MongoLink) throws(MongoError) -> Document {
        try run([command], on: database, over: link)[0]
    }

    /// Runs commands there, each after the one before; throws what the first that fails has met with.
    func run(_ commands: [Document], on database: String, over link: MongoLink) throws(MongoError) -> [Document] {
        _ = try remainingMilliseconds()
        do throws(MongoError) {
            return try replies(commands, database, link)
        } catch {
            latestLink = nil
            wire = nil
            throw error
        }
    }

    private func replies(
        _ commands: [Document], _ database: String, _ link: MongoLink
    ) throws(MongoError) -> [Document] {
        if let wire, wire.link == link {
            let replies = try wire.exchange(commands, on: database, for: self)
            for reply in replies where reply["ok"] != .double(1) { throw MongoError(answered: reply, isLate: isLate) }
            return replies
        }
        var options = try timeLimit()
        options.append("serverId", .int32(Int32(bitPattern: link.server)))
        var replies: [Document] = []
        for command in commands {
            let request: Document = ["command": .document(command), "options": .document(options)]
            replies.append(try perform(CM_RUN_COMMAND, Target(database: database), nil, request))
        }
        return replies
    }
}
