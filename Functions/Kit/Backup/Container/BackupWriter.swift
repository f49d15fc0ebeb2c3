import BSON
import Cryptography
import Glibc
public import Platform

/// Writes one part of a backup, encrypted for a public key, in constant memory.
public struct BackupWriter: ~Copyable {
    private let file: Descriptor
    private let binding: [UInt8]
    private var stream: SecretStream
    private var waiting: [UInt8] = []
    /// How many bytes have been written to the file.
    public private(set) var written: Int64

    /// Begins the part at the file's present position.
    public init(
        _ part: BackupPart, for recipient: BackupPublicKey, by seal: BackupSeal, into file: consuming Descriptor
    ) throws(BackupError) {
        var key = SecretStream.newKey()
        defer { wipe(&key) }
        let (stream, streamHeader) = SecretStream.writing(key: key)
        var header = part.document.merging([
            "recipient": .bytes(recipient.bytes), "key": .bytes(try recipient.seal(key)),
            "stream": .bytes(streamHeader),
        ])
        let signature = seal.sign(ContainerLayout.signed(header, streamKey: key))
        header.append("signer", ["keyId": .string(signature.keyID), "mac": .bytes(signature.mac)])
        let bytes = header.bytes
        try Self.write(ContainerLayout.magic + bytes, to: file)
        self.file = file
        self.stream = stream
        binding = ContainerLayout.binding(bytes)
        written = Int64(ContainerLayout.magic.count + bytes.count)
    }

    /// Adds a record.
    public mutating func append(_ record: BackupRecord) throws(BackupError) {
        waiting += record.bytes
        while waiting.count > ContainerLayout.pieceLength {
            try writePiece(Array(waiting.prefix(ContainerLayout.pieceLength)), isLast: false)
            waiting.removeFirst(ContainerLayout.pieceLength)
        }
    }

    /// Ends the part; it is on the disk when this returns. Gives the file's length.
    public consuming func finish() throws(BackupError) -> Int64 {
        try writePiece(waiting, isLast: true)
        guard fsync(file.number) == 0 else { throw .file("\(SystemError("fsync"))") }
        return written
    }

    private mutating func writePiece(_ piece: [UInt8], isLast: Bool) throws(BackupError) {
        let sealed = stream.seal(piece, bound: binding, isLast: isLast)
        let bytes = ContainerLayout.number(sealed.count) + sealed
        try Self.write(bytes, to: file)
        written += Int64(bytes.count)
    }

    private static func write(_ bytes: [UInt8], to file: borrowing Descriptor) throws(BackupError) {
        do { try file.writeAll(bytes) } catch { throw .file("\(error)") }
    }
}
