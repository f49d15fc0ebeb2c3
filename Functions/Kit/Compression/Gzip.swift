import CZlib

/// The gzip format (RFC 1952), by zlib.
public enum Gzip {
    /// A window of 32 KiB, and 16 more to ask for gzip's frame instead of zlib's own.
    private static let window = 15 + 16
    private static let memory: Int32 = 8

    /// The bytes as one member, without name or time, so that the same bytes always come to the same; `nil` where zlib
    /// has no memory.
    public static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard
            unsafe deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, Int32(window), memory, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { unsafe _ = deflateEnd(&stream) }
        let most = unsafe Int(deflateBound(&stream, uLong(bytes.count)))
        var input = bytes
        var isWhole = false
        let compressed = unsafe [UInt8](unsafeUninitializedCapacity: most) { output, count in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = uInt(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = uInt(output.count)
                isWhole = unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = unsafe Int(stream.total_out)
            }
        }
        return isWhole ? compressed : nil
    }
}
