import Cryptography
import Glibc
import HTTPClient
import Platform
import Primitives

extension ObjectStore {
    func request(
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

    /// Sends up to three times what `make` describes anew each time, until the store answers anything but that it is in
    /// trouble; what comes of the third time is given or thrown.
    func sendPatiently(
        for bytes: Int, _ make: () throws(BackupStoreError) -> HTTPRequest
    ) throws(BackupStoreError) -> HTTPReply {
        for seconds: UInt32 in [1, 3] {
            if let reply = try? send(make(), for: bytes), reply.status < 500, reply.status != 429 { return reply }
            sleep(seconds)
        }
        return try send(make(), for: bytes)
    }

    /// A mebibyte a second is taken to be the least that a store can do.
    func send(_ request: HTTPRequest, for bytes: Int) throws(BackupStoreError) -> HTTPReply {
        var request = request
        request.timeout = 30_000 + (bytes >> 20) * 1000
        do { return try client.send(request) } catch { throw .failed("\(place.name): \(error)") }
    }

    func expect(
        _ statuses: ClosedRange<Int>, _ reply: HTTPReply, _ name: String
    ) throws(BackupStoreError) {
        if reply.status == 404 { throw .missing("\(name) in \(place.name)") }
        guard statuses.contains(reply.status) else {
            throw .failed("\(place.name) answered \(reply.status) for \(name)\(Self.code(in: reply))")
        }
    }

    /// The store's word for what was wrong.
    static func code(in reply: HTTPReply) -> String {
        text(of: "Code", in: reply).map { ": " + $0.filter { $0.isASCII && $0.isLetter }.prefix(64) } ?? ""
    }

    /// What stands in the first element of that name.
    static func text(of name: String, in reply: HTTPReply) -> String? {
        ObjectListPage.texts(of: name, in: String(decoding: reply.body, as: UTF8.self)).first
    }

    static func hash(of content: [UInt8]) -> String {
        Hex.encode(SHA256.hash(content))
    }
}
