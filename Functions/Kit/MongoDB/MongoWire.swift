import BSON
import CMongoShim

/// A connection of a client's own to the primary, without the driver between: a command over it costs a fraction, and
/// several go out together. Of no use after any failure.
@safe final class MongoWire {
    /// Names the connection.
    let link: MongoLink
    private let handle: OpaquePointer

    /// Connects; `nil` where the connection string leads to more than one server, or to none of a replica set. The
    /// client must outlive it.
    init?(_ client: MongoClient) throws(MongoError) {
        var handle: OpaquePointer?
        var name = cm_link()
        var error = cm_error()
        guard unsafe cm_wire_open(client.handle, &handle, &name, &error) else { throw client.failure(error) }
        guard let handle = unsafe handle, let link = MongoLink(name) else { return nil }
        unsafe self.handle = handle
        self.link = link
    }

    deinit {
        unsafe cm_wire_free(handle)
    }

    /// The answers to commands, in their order; what the server refuses is said in them.
    func exchange(_ commands: [Document], on database: String, for client: MongoClient) throws(MongoError) -> [Document]
    {
        var requests: [UInt8] = []
        for var command in commands {
            command.append("$db", .string(database))
            requests += command.bytes
        }
        var replies = unsafe cm_view()
        var error = cm_error()
        let isDone = unsafe requests.withUnsafeBufferPointer { bytes in
            let view = unsafe cm_view(start: bytes.baseAddress, count: bytes.count)
            return unsafe cm_wire_exchange(handle, view, commands.count, &replies, &error)
        }
        guard isDone else { throw client.failure(error) }
        return unsafe try Self.documents(UnsafeBufferPointer(start: replies.start, count: replies.count))
    }

    private static func documents(_ bytes: UnsafeBufferPointer<UInt8>) throws(MongoError) -> [Document] {
        var documents: [Document] = []
        var rest = unsafe bytes[...]
        while unsafe rest.count >= 4 {
            let start = unsafe UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest))
            let length = unsafe Int(Int32(littleEndian: start.loadUnaligned(as: Int32.self)))
            guard length >= 4, unsafe length <= rest.count else { throw .invalid("an answer is cut off") }
            documents.append(unsafe try Document(fromDriver: UnsafeBufferPointer(rebasing: rest.prefix(length))))
            unsafe rest = rest.dropFirst(length)
        }
        return documents
    }
}
