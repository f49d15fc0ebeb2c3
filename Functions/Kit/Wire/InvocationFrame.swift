/// Writes an invocation's frame straight from the bytes of a request, without strings in between.
public struct InvocationFrame {
    /// Where the deadline's eight bytes lie in a frame.
    private static let deadlineOffset = Frame.prefixLength + 2
    private var writer: ByteWriter
    private let countOffset: Int
    private var count: UInt16 = 0

    /// Begins a frame; its deadline is set later, once the call has a worker.
    public init(
        callID: String, method: String, clientAddress: String, isInternal: Bool = false, path: Span<UInt8>,
        query: Span<UInt8>?, reserving capacity: Int
    ) {
        writer = ByteWriter(reserving: capacity)
        writer.number(Frame.version)
        writer.number((isInternal ? Frame.isInternal : 0) | (query == nil ? 0 : Frame.hasQuery))
        writer.number(UInt64(0))
        writer.shortString(callID)
        writer.shortString(method)
        writer.shortBytes(path)
        writer.shortString(clientAddress)
        if let query { writer.longBytes(query) } else { writer.number(UInt32(0)) }
        countOffset = writer.bytes.count
        writer.number(UInt16(0))
    }

    /// Appends a header field, its name in lower case and its value UTF-8; beyond 65,535 they are left out.
    public mutating func append(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        guard count < UInt16.max else { return }
        count += 1
        writer.shortBytes(name)
        writer.longBytes(value)
    }

    /// Appends a header field given as texts, its name in lower case.
    public mutating func append(_ name: String, _ value: String) {
        guard count < UInt16.max else { return }
        count += 1
        writer.shortString(name)
        writer.string(value)
    }

    /// The whole frame, its length in front.
    public consuming func finished(body: [UInt8]) -> [UInt8] {
        writer.patch(count, at: countOffset)
        return writer.frame(endingWith: body)
    }

    /// Writes a deadline (nanoseconds of `CLOCK_MONOTONIC`, 0 for none) into a frame that was finished.
    public static func setDeadline(_ deadline: UInt64, in frame: inout [UInt8]) {
        guard frame.count >= deadlineOffset + 8 else { return }
        for index in 0..<8 { frame[deadlineOffset + index] = UInt8(truncatingIfNeeded: deadline >> UInt64(8 * index)) }
    }
}
