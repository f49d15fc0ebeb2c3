import Glibc
import HTTPClient
public import Platform

/// A bucket of an object store with the interface of Amazon S3, addressed by path.
///
/// What is longer than a part goes there and comes back piece by piece, in constant memory; a piece is tried three
/// times.
public struct ObjectStore: BackupStore {
    static let emptyHash = hash(of: [])

    let place: ObjectStorePlace
    let access: ObjectStoreAccess
    let client: HTTPClient
    let clock: any WallClock
    /// How long a file may be to be sent whole, and the length of its parts otherwise.
    let partLength: Int

    /// Prepares the client; nothing is sent yet.
    public init(
        _ place: ObjectStorePlace, _ access: ObjectStoreAccess, clock: any WallClock = SystemClock(),
        partLength: Int = 64 << 20
    ) throws(BackupStoreError) {
        self.place = place
        self.access = access
        self.clock = clock
        self.partLength = partLength
        do { client = try HTTPClient() } catch { throw .failed("\(error)") }
    }

    /// The bucket and prefix, `s3://bucket/prefix`.
    public var name: String { place.name }

    /// Files wait here until they are sent.
    public var workFolder: String { "/var/tmp" }

    /// Sends the file; in parts where it is a long one.
    public func put(_ name: String, from path: String) throws(BackupStoreError) {
        let file = try UploadFile(path)
        guard file.count <= partLength else { return try putInParts(name, file) }
        let whole = 0..<file.count
        var request = request("PUT", name, hash: try file.hash(of: whole))
        request.body = file.content(of: whole)
        try expect(200...200, send(request, for: file.count), name)
    }

    /// Fetches it.
    public func get(_ name: String, into file: borrowing Descriptor) throws(BackupStoreError) {
        let head = try sendPatiently(for: 0) { () throws(BackupStoreError) in
            request("HEAD", name, hash: Self.emptyHash)
        }
        try expect(200...200, head, name)
        guard let count = head.header("content-length").flatMap(Int.init), count >= 0 else {
            throw .failed("\(place.name) does not say how long \(name) is")
        }
        let isWhole = count <= partLength
        for piece in Parts(of: count, length: partLength).ranges {
            let reply = try sendPatiently(for: piece.count) { () throws(BackupStoreError) in
                ftruncate(file.number, piece.lowerBound)
                lseek(file.number, piece.lowerBound, SEEK_SET)
                return get(name, piece, isWhole: isWhole, like: head, into: file)
            }
            try expect(isWhole ? 200...200 : 206...206, reply, name)
        }
    }

    private func get(
        _ name: String, _ piece: Range<Int>, isWhole: Bool, like head: HTTPReply, into file: borrowing Descriptor
    ) -> HTTPRequest {
        var request = request("GET", name, hash: Self.emptyHash)
        if !isWhole { request.headers.append(HTTPField("range", "bytes=\(piece.lowerBound)-\(piece.upperBound - 1)")) }
        if let mark = head.header("etag") { request.headers.append(HTTPField("if-match", mark)) }
        request.answerFile = file.number
        request.answerLimit = max(64 << 10, piece.count)
        return request
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
}
