import BSON

extension Document {
    /// Copies a document that the driver holds.
    init(fromDriver bytes: UnsafeBufferPointer<UInt8>) throws(MongoError) {
        do {
            self = unsafe try Document(parsing: bytes)
        } catch {
            throw .invalid("the server's document cannot be read: \(error)")
        }
    }
}
