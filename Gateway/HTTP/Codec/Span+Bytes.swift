import Glibc

extension Span<UInt8> {
    /// Where the first such byte at or after `start` is.
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return unsafe extracting(start..<count).withUnsafeBytes { rest in
            guard let base = rest.baseAddress, let hit = unsafe memchr(base, CInt(byte), rest.count) else { return nil }
            return unsafe start + (UnsafeRawPointer(hit) - base)
        }
    }

    /// True where the bytes in `range` are `text`, which is in lower case, whatever their case.
    func equals(_ text: StaticString, in range: ByteRange) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<range.count {
                guard unsafe ByteClass.lowered(self[range.start + index]) == wanted[index] else { return false }
            }
            return true
        }
    }

    /// True where the bytes in `range` are `text` to the letter.
    func isExactly(_ text: StaticString, _ range: ByteRange) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<range.count {
                guard unsafe self[range.start + index] == wanted[index] else { return false }
            }
            return true
        }
    }

    /// `range` without the spaces and tabs around it.
    func trimmed(_ range: ByteRange) -> ByteRange {
        var (start, end) = (range.start, range.end)
        while start < end, ByteClass.isBlank(self[start]) { start += 1 }
        while end > start, ByteClass.isBlank(self[end - 1]) { end -= 1 }
        return ByteRange(start, end)
    }

    /// The bytes in `range` as text.
    func text(_ range: ByteRange) -> String {
        unsafe extracting(range.indices).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// True where the bytes in `range` are UTF-8.
    func isUTF8(_ range: ByteRange) -> Bool {
        unsafe extracting(range.indices).withUnsafeBufferPointer {
            unsafe String(validating: $0, as: UTF8.self) != nil
        }
    }

    /// A copy of the bytes in `range`.
    func copy(_ range: Range<Int>) -> [UInt8] {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
    }
}
