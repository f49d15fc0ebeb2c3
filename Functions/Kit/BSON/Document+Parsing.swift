extension Document {
    /// Reads exactly one document that fills `bytes`: lengths, UTF-8, terminators and at most 100 levels are checked.
    public init(parsing bytes: [UInt8]) throws(BSONError) {
        var reader = BSONReader(bytes)
        self = try reader.wholeDocument()
    }
}
