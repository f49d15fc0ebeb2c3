import Glibc

/// Where people read: what cannot be written is dropped, since nobody is there to be told.
enum StandardStream: CInt {
    case output = 1
    case error = 2

    func write(_ text: String) {
        // The gateway appends to the same file by a descriptor of its own; a pipe or a terminal takes no notice.
        lseek(rawValue, 0, SEEK_END)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(rawValue, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
