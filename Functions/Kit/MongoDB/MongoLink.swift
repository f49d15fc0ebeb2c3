import BSON
import CMongoShim

/// One connection to the primary of a replica set.
///
/// A member that loses what it had ends its connections. So what was read over one as the member's newest is still
/// there when a write is taken over the same, and whoever has the write, a majority or a later primary, has that too.
public struct MongoLink: Equatable, Sendable {
    /// The driver's number of the server.
    let server: UInt32
    /// The server's process, and its number of the connection.
    private let process: [UInt64]
    private let connection: Int64

    fileprivate init?(_ link: cm_link) {
        guard link.is_known else { return nil }
        server = link.server
        process = [link.process_start, UInt64(link.process_end)]
        connection = link.connection
    }
}

extension MongoClient {
    /// The connection to the primary; `nil` where it does not lead to a member of a replica set itself. One that served
    /// before is given unseen: whether it is still there shows in the write.
    public func link() throws(MongoError) -> MongoLink? {
        if let latestLink { return latestLink }
        latestLink = try look(at: nil)
        return latestLink
    }

    /// Throws `.unavailable` where the connection is no more; otherwise what comes next goes over it or fails.
    func require(_ link: MongoLink) throws(MongoError) {
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
        var options = try timeLimit()
        options.append("serverId", .int32(Int32(bitPattern: link.server)))
        let request: Document = ["command": .document(command), "options": .document(options)]
        do throws(MongoError) {
            return try perform(CM_RUN_COMMAND, Target(database: database), nil, request)
        } catch {
            latestLink = nil
            throw error
        }
    }
}
