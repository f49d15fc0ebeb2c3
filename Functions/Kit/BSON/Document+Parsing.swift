extension Document {
    /// Reads exactly one document that fills `bytes`: lengths, UTF-8, terminators and at most 100 levels are checked.
    public init(parsing bytes: [UInt8]) throws(BSONError) {
        self = unsafe try bytes.withUnsafeBufferPointer { (bytes) throws(BSONError) in
            unsafe try Document(parsing: bytes)
        }
    }

    /// The same of bytes that somebody else holds, and keeps for as long as this takes.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(BSONError) {
        var reader = unsafe BSONReader(UnsafeRawBufferPointer(bytes))
        self = try reader.wholeDocument()
    }
}
