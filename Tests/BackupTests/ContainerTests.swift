import BSON
import Foundation
import Platform
import Primitives
import Testing

@testable import BackupContainer

/// The encrypted file by itself: what is read is what was written, or nothing is.
@Suite struct ContainerTests {
    let folder: Folder
    let key = BackupPrivateKey()
    let part: BackupPart
    var path: String { folder.path + "/part" }

    /// A stand-in for the audit key's signature, told apart by its first byte.
    static func seal(_ mark: UInt8 = 1) -> BackupSeal {
        BackupSeal(
            sign: { ("key", [mark] + $0.suffix(8)) }, isOurs: { $0.mac == [mark] + $1.suffix(8) && $0.keyID == "key" })
    }

    init() throws {
        folder = try Folder()
        part = BackupPart(
            kind: .data, backup: UniqueID(at: Timestamp(milliseconds: 1), random: SystemRandom()),
            at: Timestamp(milliseconds: 1_800_000_000_000), clusterTime: .timestamp(seconds: 7, increment: 1))
    }

    @Test(arguments: [0, 1, 10, 65_500, 65_536, 131_072, 1_000_000])
    func `records come back in their order, whatever their length`(_ length: Int) throws {
        let records = try write([length, 3, length])
        #expect(try read() == records)
    }

    @Test func `the part says what it is`() throws {
        try write([1])
        #expect(try BackupReader(open(), with: key, by: Self.seal()).part == part)
    }

    @Test func `a file cut anywhere is refused`() throws {
        try write([100, 70_000, 100])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for length in Array(stride(from: 0, to: bytes.count, by: 997)) + [bytes.count - 1] {
            try bytes.prefix(length).write(to: URL(fileURLWithPath: path))
            #expect(throws: BackupError.self) { try read() }
        }
    }

    @Test func `one bit altered anywhere is refused`() throws {
        try write([10, 66_000])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for place in Array(0..<400) + Array(stride(from: 400, to: bytes.count, by: 1009)) {
            var altered = bytes
            altered[place] ^= 1
            try altered.write(to: URL(fileURLWithPath: path))
            #expect(throws: BackupError.self, "byte \(place)") { try read() }
        }
    }

    @Test func `pieces that were swapped, left out, doubled or appended are refused`() throws {
        try write([65_536 * 3])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let piece = ContainerLayout.pieceLength + SecretStream.overhead + 4
        let start = bytes.count - (bytes.count - 500) / piece * piece
        let header = try headerLength(bytes)
        #expect(header < start + piece)
        let (first, second) = (bytes[header..<header + piece], bytes[header + piece..<header + 2 * piece])
        let rest = bytes[(header + 2 * piece)...]
        let head = bytes[..<header]
        for altered in [
            head + second + first + rest, head + second + rest, head + first + first + second + rest,
            bytes + first, bytes + Data([0]),
        ] {
            try altered.write(to: URL(fileURLWithPath: path))
            #expect(throws: BackupError.damaged) { try read() }
        }
    }

    @Test func `another private key and another audit key are told apart from damage`() throws {
        try write([1])
        #expect(throws: BackupError.wrongKey) {
            _ = try BackupReader(open(), with: BackupPrivateKey(), by: Self.seal())
        }
        #expect(throws: BackupError.notOurs) { _ = try BackupReader(open(), with: key, by: Self.seal(2)) }
        try Data("something else entirely".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: BackupError.foreign) { _ = try BackupReader(open(), with: key, by: Self.seal()) }
    }

    @Test func `nothing of the content stands in the file`() throws {
        var writer = try BackupWriter(part, for: key.publicKey, by: Self.seal(), into: create())
        try writer.append(.document(["secret": "argon2id-of-somebody"]))
        try writer.append(.end(documents: 1))
        _ = try writer.finish()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.range(of: Data("argon2id-of-somebody".utf8)) == nil)
    }

    @Test func `keys are read from their texts and from nothing else`() throws {
        let again = try #require(BackupPrivateKey(text: key.text + "\n"))
        #expect(again.publicKey == key.publicKey)
        #expect(BackupPublicKey(text: key.publicKey.text) == key.publicKey)
        for text in ["", "AAAA", key.text.dropLast() + "!", key.text + key.text] {
            #expect(BackupPrivateKey(text: String(text)) == nil)
            #expect(BackupPublicKey(text: String(text)) == nil)
        }
    }

    @discardableResult
    private func write(_ lengths: [Int]) throws -> [BackupRecord] {
        var records: [BackupRecord] = [
            .collection(BackupCollection(database: "passerelle", name: "accounts", indexes: [["name": "login"]]))
        ]
        records += lengths.map { length in
            .document(["_id": .integer(length), "bytes": .bytes((0..<length).map { UInt8(truncatingIfNeeded: $0) })])
        }
        records.append(.end(documents: Int64(lengths.count)))
        var writer = try BackupWriter(part, for: key.publicKey, by: Self.seal(), into: create())
        for record in records { try writer.append(record) }
        let length = try writer.finish()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == Int(length))
        return records
    }

    private func read() throws -> [BackupRecord] {
        var reader = try BackupReader(open(), with: key, by: Self.seal())
        var records: [BackupRecord] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    private func headerLength(_ bytes: Data) throws -> Int {
        8 + ContainerLayout.number(Array(bytes[8..<12]))
    }

    private func create() -> Descriptor {
        unsafe Descriptor(owning: Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
    }

    private func open() -> Descriptor {
        unsafe Descriptor(owning: Glibc.open(path, O_RDONLY))
    }
}
