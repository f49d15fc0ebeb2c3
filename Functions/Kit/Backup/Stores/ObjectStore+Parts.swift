import HTTPClient

extension ObjectStore {
    /// Sends a file in parts, each signed with its own hash; nothing of it stays at the store where one fails.
    func putInParts(_ name: String, _ file: borrowing UploadFile) throws(BackupStoreError) {
        let upload = try begin(name)
        do throws(BackupStoreError) {
            var marks: [String] = []
            for piece in Parts(of: file.count, length: partLength).ranges {
                marks.append(try put(piece, of: file, as: marks.count + 1, upload, name))
            }
            try complete(upload, marks, name, file.count)
        } catch {
            abort(upload, name)
            throw error
        }
    }

    /// Gives the name of a new upload.
    private func begin(_ name: String) throws(BackupStoreError) -> String {
        let reply = try send(request("POST", name, query: [("uploads", "")], hash: Self.emptyHash), for: 0)
        try expect(200...200, reply, name)
        guard let upload = Self.text(of: "UploadId", in: reply), !upload.isEmpty else {
            throw .failed("\(place.name) began no upload of \(name) in parts\(Self.code(in: reply))")
        }
        return upload
    }

    /// Sends one part; gives the store's mark for it, which completing the upload takes.
    private func put(
        _ piece: Range<Int>, of file: borrowing UploadFile, as number: Int, _ upload: String, _ name: String
    ) throws(BackupStoreError) -> String {
        let hash = try file.hash(of: piece)
        let query = [(name: "partNumber", value: String(number)), (name: "uploadId", value: upload)]
        let reply = try sendPatiently(for: piece.count) { () throws(BackupStoreError) in
            var request = request("PUT", name, query: query, hash: hash)
            request.body = file.content(of: piece)
            return request
        }
        try expect(200...200, reply, name)
        guard let mark = reply.header("etag"), !mark.contains(where: { "<>&".contains($0) }) else {
            throw .failed("\(place.name) gave no mark for part \(number) of \(name)")
        }
        return mark
    }

    /// Makes one object of the parts. A store may take long for that, and say only in its 200 that it has failed.
    private func complete(
        _ upload: String, _ marks: [String], _ name: String, _ count: Int
    ) throws(BackupStoreError) {
        let parts = marks.enumerated().map { index, mark in
            "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(mark)</ETag></Part>"
        }
        let content = Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
        var request = request("POST", name, query: [("uploadId", upload)], hash: Self.hash(of: content))
        request.body = .bytes(content)
        let reply = try send(request, for: count)
        try expect(200...200, reply, name)
        guard Self.text(of: "ETag", in: reply) != nil else {
            throw .failed("\(place.name) did not put the parts of \(name) together\(Self.code(in: reply))")
        }
    }

    /// Removes what was sent; a store that cannot be reached keeps it.
    private func abort(_ upload: String, _ name: String) {
        _ = try? sendPatiently(for: 0) { () throws(BackupStoreError) in
            request("DELETE", name, query: [("uploadId", upload)], hash: Self.emptyHash)
        }
    }
}
