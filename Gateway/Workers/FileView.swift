import CLinux
package import Platform

/// A view of the file system in which a folder stands in the place of another (mount_namespaces(7)); for root alone.
///
/// It is made once and entered by each process, which costs a call no more than a few microseconds.
package final class FileView {
    private let descriptor: Descriptor

    /// Makes the view that shows `own`, read-only, at the path `shared`.
    package init(showing own: String, at shared: String) throws(SystemError) {
        let number = unsafe clinux_view(own, shared)
        guard number >= 0 else { throw SystemError("show \(own) at \(shared)") }
        descriptor = Descriptor(owning: number)
    }

    /// Its descriptor, which stays its own.
    package var number: CInt { descriptor.number }
}
