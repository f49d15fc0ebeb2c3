import BSON
import Cryptography
public import Platform

/// Reads one part of a backup, in constant memory; what it gives was written by us, in this order.
public struct BackupReader: ~Copyable {
    private static let longestDocument = 17 << 20

    private let file: Descriptor
    private let binding: [UInt8]
    private var stream: SecretStream
    private var opened: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private var hasEnded = false
    /// What the part says of itself.
    public let part: BackupPart

    /// Begins at the file's present position; throws where the part is not ours or was encrypted for another key.
    public init(
        _ file: consuming Descriptor, with privateKey: BackupPrivateKey, by seal: BackupSeal
    ) throws(BackupError) {
        guard try Self.read(file, ContainerLayout.magic.count) == ContainerLayout.magic else { throw .foreign }
        let header = try Self.header(file)
        guard let document = try? Document(parsing: header), let part = BackupPart(document) else { throw .foreign }
        guard let sealedKey = document["key"]?.binary, let streamHeader = document["stream"]?.binary else {
            throw .damaged
        }
        guard document["recipient"]?.binary == privateKey.publicKey.bytes else { throw .wrongKey }
        var key = try privateKey.open(sealedKey)
        defer { wipe(&key) }
        guard Self.isOurs(document, key, seal) else { throw .notOurs }
        stream = try SecretStream.reading(key: key, header: streamHeader)
        binding = ContainerLayout.binding(header)
        self.part = part
        self.file = file
    }

    /// The next record; `nil` behind the last one, when it is certain that nothing is missing.
    public mutating func next() throws(BackupError) -> BackupRecord? {
        if hasEnded { return nil }
        try fill(5)
        let length = ContainerLayout.number(Array(opened[position + 1..<position + 5]))
        guard (5...Self.longestDocument).contains(length) else { throw .damaged }
        try fill(1 + length)
        let letter = opened[position]
        let bytes = Array(opened[position + 1..<position + 1 + length])
        position += 1 + length
        guard let document = try? Document(parsing: bytes) else { throw .damaged }
        let record = try BackupRecord(letter: letter, document)
        if case .end = record { try end() }
        return record
    }

    private mutating func end() throws(BackupError) {
        while !isAtEnd { try readPiece() }
        guard position == opened.count, try Self.readUpTo(file, 1).isEmpty else { throw .damaged }
        hasEnded = true
    }

    /// Sees to it that so many bytes are at hand.
    private mutating func fill(_ count: Int) throws(BackupError) {
        while opened.count - position < count {
            guard !isAtEnd else { throw .damaged }
            try readPiece()
        }
    }

    private mutating func readPiece() throws(BackupError) {
        let length = ContainerLayout.number(try Self.read(file, 4))
        guard length <= ContainerLayout.pieceLength + SecretStream.overhead else { throw .damaged }
        let (piece, isLast) = try stream.open(Self.read(file, length), bound: binding)
        opened.removeFirst(position)
        position = 0
        opened += piece
        isAtEnd = isLast
    }

    private static func header(_ file: borrowing Descriptor) throws(BackupError) -> [UInt8] {
        let prefix = try read(file, 4)
        let length = ContainerLayout.number(prefix)
        guard (5...ContainerLayout.longestHeader).contains(length) else { throw .foreign }
        return prefix + (try read(file, length - 4))
    }

    private static func isOurs(_ header: Document, _ key: [UInt8], _ seal: BackupSeal) -> Bool {
        guard let signer = header["signer"]?.document, let keyID = signer["keyId"]?.string,
            let mac = signer["mac"]?.binary
        else { return false }
        let unsigned = Document(Array(header.elements.filter { $0.name != "signer" }))
        return seal.isOurs((keyID, mac), ContainerLayout.signed(unsigned, streamKey: key))
    }

    private static func read(_ file: borrowing Descriptor, _ count: Int) throws(BackupError) -> [UInt8] {
        let bytes = try readUpTo(file, count)
        guard bytes.count == count else { throw .damaged }
        return bytes
    }

    private static func readUpTo(_ file: borrowing Descriptor, _ count: Int) throws(BackupError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let before = bytes.count
            do { try file.append(to: &bytes, atMost: count - before) } catch { throw .file("\(error)") }
            if bytes.count == before { break }
        }
        return bytes
    }
}
