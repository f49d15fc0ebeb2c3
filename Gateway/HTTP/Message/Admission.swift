/// What a handler says to a request whose content has not been read yet.
package enum Admission {
    /// Read the content, at most this many bytes (413 beyond), then hand the request over.
    case accept(bodyLimit: Int)
    /// Answer this at once; the content is not read.
    case refuse(Response)
}
