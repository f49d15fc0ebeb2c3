extension Invocation {
    /// The invocation as one frame, its length in front.
    public func frame() -> [UInt8] {
        var writer = ByteWriter(reserving: 256 + body.count)
        writer.number(Frame.version)
        writer.number((isInternal ? Frame.isInternal : 0) | (query == nil ? 0 : Frame.hasQuery))
        writer.number(deadline)
        writer.shortString(callID)
        writer.shortString(method)
        writer.shortString(path)
        writer.shortString(clientAddress)
        writer.string(query ?? "")
        writer.fields(headers)
        return writer.frame(endingWith: body)
    }

    /// Reads the content of a frame, without its length.
    public init(parsing content: ArraySlice<UInt8>) throws(FrameError) {
        self.init()
        var reader = ByteReader(content)
        try Frame.checkVersion(&reader)
        let flags = try reader.number(UInt8.self)
        isInternal = flags & Frame.isInternal != 0
        deadline = try reader.number(UInt64.self)
        callID = try reader.shortString()
        method = try reader.shortString()
        path = try reader.shortString()
        clientAddress = try reader.shortString()
        let query = try reader.string()
        self.query = flags & Frame.hasQuery != 0 ? query : nil
        headers = try reader.fields()
        body = reader.rest()
    }
}
