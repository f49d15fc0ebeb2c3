import Glibc
import Platform

/// A file that is made beside its place and put there when it is whole.
struct FreshFile {
    let path: String
    private var draft: String { path + ".new" }

    func make(size: Int) throws(SystemError) -> PlacedFile {
        try PlacedFile.make(draft, size: size)
    }

    func putInPlace() throws(SystemError) {
        guard unsafe rename(draft, path) == 0 else { throw SystemError("rename") }
    }
}
