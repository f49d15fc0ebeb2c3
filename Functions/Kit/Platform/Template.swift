import CLinux

/// A process that is copied for each call, and takes none itself.
public enum Template {
    /// What the calling process is once it returns from being a template.
    public enum Role: Sendable {
        /// A copy, with streams of its own, for one call.
        case copy
        /// The template, which is needed no longer.
        case template
    }

    /// Copies the process for each order on descriptor 0, and answers with the copies' ids on descriptor 1; returns in
    /// each copy, and once no more orders can come. The process must have no other thread, and have drawn or read
    /// nothing that its copies must not share.
    public static func copyOnOrder() throws(SystemError) -> Role {
        switch clinux_copy_on_order() {
        case 1: .copy
        case 0: .template
        default: throw SystemError("clone")
        }
    }
}
