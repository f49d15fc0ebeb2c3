import CCurlShim

/// One of libcurl's handles: transfers one after another over connections that stay open; one thread's at a time.
@safe final class Transfers {
    private let handle: OpaquePointer

    init() throws(TransferError) {
        guard let handle = unsafe cc_client_new() else { throw .unreachable("libcurl cannot be prepared") }
        unsafe self.handle = handle
    }

    deinit {
        unsafe cc_client_free(handle)
    }

    func beginHTTP(_ method: String, _ url: String, answerLimit: Int) throws(TransferError) {
        try require(unsafe cc_http(handle, method, url, answerLimit), "the method or the address")
    }

    func beginMail(_ url: String, from sender: String, requiresTLS: Bool) throws(TransferError) {
        try require(unsafe cc_mail(handle, url, sender, requiresTLS), "the mail server's address or the sender")
    }

    func add(header line: String) throws(TransferError) {
        try require(unsafe cc_add_header(handle, line), "a header field")
    }

    func add(recipient: String) throws(TransferError) {
        try require(unsafe cc_add_recipient(handle, recipient), "a recipient")
    }

    func logIn(_ user: String, _ password: String) throws(TransferError) {
        try require(unsafe cc_set_login(handle, user, password), "the login")
    }

    func requirePublicAddress() throws(TransferError) {
        try require(unsafe cc_public_only(handle), "public addresses alone")
    }

    func limit(connecting: Int, whole: Int) throws(TransferError) {
        try require(unsafe cc_set_limits(handle, max(1, connecting), max(1, whole)), "the limits")
    }

    func upload(descriptor: CInt, count: Int64) throws(TransferError) {
        try require(unsafe cc_set_body_file(handle, descriptor, count), "the file")
    }

    func answer(into descriptor: CInt) {
        unsafe cc_set_answer_file(handle, descriptor)
    }

    /// Sends what was described, with `bytes` as its content; gives the server's status.
    func perform(sending bytes: [UInt8]? = nil) throws(TransferError) -> Int {
        guard let bytes else { return try finish(unsafe cc_perform(handle)) }
        let result = unsafe bytes.withUnsafeBufferPointer { buffer in
            guard unsafe cc_set_body(handle, buffer.baseAddress, buffer.count) else { return CC_MALFORMED }
            return unsafe cc_perform(handle)
        }
        return try finish(result)
    }

    var answerHead: [UInt8] {
        unsafe Self.copy(cc_answer_head(handle))
    }

    var answerBody: [UInt8] {
        unsafe Self.copy(cc_answer(handle))
    }

    private func finish(_ result: cc_result) throws(TransferError) -> Int {
        let status = unsafe cc_status(handle)
        guard result == CC_DONE else {
            throw TransferError(result, status: status, reason: unsafe String(cString: cc_reason(handle)))
        }
        return status
    }

    private func require(_ isTaken: Bool, _ what: String) throws(TransferError) {
        guard isTaken else { throw .malformed(what) }
    }

    private static func copy(_ view: cc_view) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: view.start, count: view.count))
    }
}
