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
    private let term: UInt64

    init?(_ link: cm_link) {
        guard link.is_known else { return nil }
        server = link.server
        process = [link.process_start, UInt64(link.process_end)]
        connection = link.connection
        term = link.term
    }

    /// Three numbers that all connections share which lead to the same process, made since it became the primary for
    /// the last time; `nil` where that is not known.
    ///
    /// As long as one of them is there, that process has lost nothing that it took over any other of them.
    public var reign: [UInt64]? {
        term > 0 ? process + [term] : nil
    }
}
