import Glibc

/// Lends texts to C for the length of a call.
enum CStrings {
    /// A null-terminated array of C strings; a text with NUL in it ends there.
    static func lend<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for text in texts {
            offsets.append(bytes.count)
            for byte in text.utf8 { bytes.append(CChar(bitPattern: byte)) }
            bytes.append(0)
        }
        bytes.append(0)
        return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var pointers = unsafe offsets.map { unsafe buffer.baseAddress?.advanced(by: $0) }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { pointers in
                // The array holds at least the null at its end, so it has an address.
                unsafe body(pointers.baseAddress.unsafelyUnwrapped)
            }
        }
    }

    /// One C string, or null.
    static func lend<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
        guard let text else { return body(nil) }
        return unsafe text.withCString { unsafe body($0) }
    }
}
