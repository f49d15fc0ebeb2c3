import BSON
import CMongoShim

/// The rest of a query's results.
@safe struct MongoCursor: ~Copyable {
    private let client: MongoClient
    private let session: MongoSession?
    private let handle: OpaquePointer

    init(
        _ query: cm_query, _ collection: MongoCollection, _ session: MongoSession?, _ request: Document
    ) throws(MongoError) {
        let client = collection.client
        let lent = unsafe try session?.lend()
        var error = cm_error()
        let handle = unsafe request.bytes.withUnsafeBufferPointer { bytes in
            let view = unsafe cm_view(start: bytes.baseAddress, count: bytes.count)
            return unsafe cm_cursor_new(client.handle, query, collection.database, collection.name, lent, view, &error)
        }
        guard let handle = unsafe handle else { throw client.failure(error, session) }
        self.client = client
        self.session = session
        unsafe self.handle = handle
    }

    deinit {
        unsafe cm_cursor_free(handle)
    }

    /// The next document, or `nil` after the last one.
    mutating func next() throws(MongoError) -> Document? {
        var view = unsafe cm_view()
        var error = cm_error()
        switch unsafe cm_cursor_next(handle, &view, &error) {
        case CM_CURSOR_DOCUMENT:
            return unsafe try Document(fromDriver: UnsafeBufferPointer(start: view.start, count: view.count))
        case CM_CURSOR_END: return nil
        default: throw client.failure(error, session)
        }
    }

    /// All that is left.
    mutating func rest() throws(MongoError) -> [Document] {
        var documents: [Document] = []
        while let document = try next() { documents.append(document) }
        return documents
    }
}
