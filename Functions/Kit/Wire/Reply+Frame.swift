extension Reply {
    /// The reply as one frame, its length in front.
    public func frame() -> [UInt8] {
        var writer = ByteWriter(reserving: 128 + body.count)
        writer.number(Frame.version)
        writer.number(retires ? Frame.retires : 0)
        writer.number(status)
        writer.fields(headers)
        return writer.frame(endingWith: body)
    }

    /// Reads the content of a frame, without its length.
    public init(parsing content: ArraySlice<UInt8>) throws(FrameError) {
        var reader = ByteReader(content)
        try Frame.checkVersion(&reader)
        let flags = try reader.number(UInt8.self)
        let status = try reader.number(UInt16.self)
        guard (200...599).contains(status) else { throw .malformed }
        self.init(status: status, headers: try reader.fields())
        retires = flags & Frame.retires != 0
        body = reader.rest()
    }
}
