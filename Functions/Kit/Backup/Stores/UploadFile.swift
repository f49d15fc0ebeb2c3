import Cryptography
import Glibc
import HTTPClient
import Platform
import Primitives

/// A file on this machine that is sent, whole or piece by piece.
struct UploadFile: ~Copyable {
    private let descriptor: Descriptor
    /// Its length in bytes.
    let count: Int

    init(_ path: String) throws(BackupStoreError) {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .failed("\(SystemError("open \(path)"))") }
        descriptor = Descriptor(owning: number)
        count = lseek(number, 0, SEEK_END)
    }

    /// A piece's SHA-256 in hexadecimal, read a mebibyte at a time.
    borrowing func hash(of piece: Range<Int>) throws(BackupStoreError) -> String {
        lseek(descriptor.number, piece.lowerBound, SEEK_SET)
        let hasher = SHA256.Hasher()
        var left = piece.count
        do {
            while left > 0 {
                var bytes: [UInt8] = []
                try descriptor.append(to: &bytes, atMost: min(left, 1 << 20))
                if bytes.isEmpty { break }
                hasher.update(bytes)
                left -= bytes.count
            }
        } catch {
            throw .failed("\(error)")
        }
        return Hex.encode(hasher.finish())
    }

    /// A piece as what the next request sends.
    borrowing func content(of piece: Range<Int>) -> HTTPRequest.Body {
        lseek(descriptor.number, piece.lowerBound, SEEK_SET)
        return .file(descriptor: descriptor.number, count: Int64(piece.count))
    }
}
