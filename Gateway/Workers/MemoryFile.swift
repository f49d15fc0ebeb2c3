import CLinux
package import Platform

/// Memory without a name, all zero at first, that goes when nobody has its descriptor; its size stays.
package final class MemoryFile: Sendable {
    private let descriptor: Int32

    /// Makes one of so many bytes.
    package init(name: String, size: Int) throws(SystemError) {
        descriptor = unsafe clinux_memory(name, UInt64(size))
        guard descriptor >= 0 else { throw SystemError("memfd_create") }
    }

    deinit {
        _ = Descriptor(owning: descriptor)
    }

    /// Its descriptor, which stays its own.
    package var number: Int32 { descriptor }
}

extension MemoryFile: Equatable {
    /// Whether both are the same memory.
    package static func == (left: MemoryFile, right: MemoryFile) -> Bool { left === right }
}
