import Glibc

/// A part of a file in memory. Safe to use: the memory lives as long as the object, and is lent in bounds.
@safe public final class Mapping {
    private let start: UnsafeMutableRawPointer
    /// Its bytes.
    public let count: Int

    /// Who sees what is changed in it.
    public enum Kind: Sendable {
        /// To be read, the same pages for every process.
        case shared
        /// To be written, for the file itself.
        case written
        /// To be changed by this process for itself; only the pages that it changes are its own.
        case own
    }

    /// Maps `count` bytes from `offset`, a page's beginning, which the file must have.
    public init(_ file: borrowing Descriptor, offset: Int = 0, count: Int, _ kind: Kind) throws(SystemError) {
        let protection = kind == .shared ? PROT_READ : PROT_READ | PROT_WRITE
        let flags = kind == .own ? MAP_PRIVATE : MAP_SHARED
        let mapped = unsafe mmap(nil, max(1, count), protection, flags, file.number, offset)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw SystemError("mmap") }
        unsafe start = mapped
        self.count = count
    }

    deinit {
        unsafe munmap(start, max(1, count))
    }

    /// The numbers from `offset` on; the caller keeps this object as long as it uses them.
    public func numbers<Number: BitwiseCopyable>(
        at offset: Int, count: Int, as _: Number.Type = Number.self
    ) -> UnsafeMutableBufferPointer<Number> {
        precondition(offset >= 0 && count >= 0 && offset + count * MemoryLayout<Number>.stride <= self.count)
        let first = unsafe (start + offset).bindMemory(to: Number.self, capacity: count)
        return unsafe UnsafeMutableBufferPointer(start: first, count: count)
    }

    /// The bytes of a range, to be read at once.
    public func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return unsafe UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// Puts bytes in place.
    public func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        precondition(offset >= 0 && offset + bytes.count <= count)
        guard let source = bytes.baseAddress else { return }
        unsafe (start + offset).copyMemory(from: source, byteCount: bytes.count)
    }
}
