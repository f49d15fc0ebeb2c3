import Cryptography
import Glibc
import HTTPClient
public import Platform
import Primitives

/// A bucket of an object store with the interface of Amazon S3, addressed by path.
public struct ObjectStore: BackupStore {
    /// What one request may put there.
    private static let longest: Int64 = 5 << 30
    private static let emptyHash = Hex.encode(SHA256.hash([]))

    private let place: ObjectStorePlace
    private let access: ObjectStoreAccess
    private let client: HTTPClient
    private let clock: any WallClock

    /// Prepares the client; nothing is sent yet.
    public init(
        _ place: ObjectStorePlace, _ access: ObjectStoreAccess, clock: any WallClock = SystemClock()
    ) throws(BackupStoreError) {
        self.place = place
        self.access = access
        self.clock = clock
        do { client = try HTTPClient() } catch { throw .failed("\(error)") }
    }

    /// The bucket and prefix, `s3://bucket/prefix`.
    public var name: String { place.name }

    /// Files wait here until they are sent.
    public var workFolder: String { "/var/tmp" }

    /// Sends the file.
    public func put(_ name: String, from path: String) throws(BackupStoreError) {
        let file = try Self.open(path)
        let count = Int64(lseek(file.number, 0, SEEK_END))
        guard count <= Self.longest else { throw .failed("\(name) is over 5 GiB, more than one request may put.") }
        let hash = try Self.hash(of: file)
        lseek(file.number, 0, SEEK_SET)
        var request = request("PUT", name, hash: hash)
        request.body = .file(descriptor: file.number, count: count)
        try expect(200...200, send(request, for: count), name)
    }

    /// Fetches it.
    public func get(_ name: String, into file: borrowing Descriptor) throws(BackupStoreError) {
        var request = request("GET", name, hash: Self.emptyHash)
        request.answerFile = file.number
        request.answerLimit = Int(Self.longest)
        try expect(200...200, send(request, for: Self.longest), name)
    }

    /// Asks for all pages of the list.
    public func list() throws(BackupStoreError) -> [BackupFile] {
        var files: [BackupFile] = []
        var token: String?
        repeat {
            var query = [("list-type", "2"), ("prefix", place.folder)]
            if let token { query.append(("continuation-token", token)) }
            var request = request("GET", nil, query: query, hash: Self.emptyHash)
            request.answerLimit = 8 << 20
            let reply = try send(request, for: 0)
            try expect(200...200, reply, place.name)
            let page = ObjectListPage(parsing: reply.body)
            files += page.objects.compactMap { object in
                guard object.name.hasPrefix(place.folder) else { return nil }
                return BackupFile(name: String(object.name.dropFirst(place.folder.count)), bytes: object.bytes)
            }
            token = page.next
        } while token != nil
        return files
    }

    /// Removes it.
    public func remove(_ name: String) throws(BackupStoreError) {
        let reply = try send(request("DELETE", name, hash: Self.emptyHash), for: 0)
        try expect(200...204, reply, name)
    }

    private func request(
        _ method: String, _ name: String?, query: [(name: String, value: String)] = [], hash: String
    ) -> HTTPRequest {
        let path = "/" + place.bucket + (name.map { "/" + place.folder + $0 } ?? "")
        let signed = SignedRequest(
            method: method, path: SignedRequest.encoded(path, keeping: [UInt8(ascii: "/")]), query: query,
            host: place.host, contentHash: hash)
        let fields = signed.fields(access, region: place.region, at: clock.now).map { HTTPField($0.name, $0.value) }
        let url = place.endpoint + signed.path + (query.isEmpty ? "" : "?" + signed.encodedQuery)
        return HTTPRequest(method, url, headers: fields)
    }

    /// A mebibyte a second is taken to be the least that a store can do.
    private func send(_ request: HTTPRequest, for bytes: Int64) throws(BackupStoreError) -> HTTPReply {
        var request = request
        request.timeout = 30_000 + Int(bytes >> 20) * 1000
        do { return try client.send(request) } catch { throw .failed("\(place.name): \(error)") }
    }

    private func expect(
        _ statuses: ClosedRange<Int>, _ reply: HTTPReply, _ name: String
    ) throws(BackupStoreError) {
        if reply.status == 404 { throw .missing("\(name) in \(place.name)") }
        guard statuses.contains(reply.status) else {
            throw .failed("\(place.name) answered \(reply.status) for \(name)\(Self.code(in: reply))")
        }
    }

    /// The store's word for what was wrong.
    private static func code(in reply: HTTPReply) -> String {
        let words = ObjectListPage.texts(of: "Code", in: String(decoding: reply.body, as: UTF8.self))
        return words.first.map { ": " + $0.filter { $0.isASCII && $0.isLetter }.prefix(64) } ?? ""
    }

    private static func open(_ path: String) throws(BackupStoreError) -> Descriptor {
        let number = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .failed("\(SystemError("open \(path)"))") }
        return Descriptor(owning: number)
    }

    private static func hash(of file: borrowing Descriptor) throws(BackupStoreError) -> String {
        lseek(file.number, 0, SEEK_SET)
        let hasher = SHA256.Hasher()
        do {
            while true {
                var piece: [UInt8] = []
                try file.append(to: &piece, atMost: 1 << 20)
                if piece.isEmpty { return Hex.encode(hasher.finish()) }
                hasher.update(piece)
            }
        } catch {
            throw .failed("\(error)")
        }
    }
}
