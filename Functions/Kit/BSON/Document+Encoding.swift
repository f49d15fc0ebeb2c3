extension Document {
    /// The document as BSON bytes.
    public var bytes: [UInt8] {
        var writer = BSONWriter()
        writer.document(self)
        return writer.bytes
    }
}
