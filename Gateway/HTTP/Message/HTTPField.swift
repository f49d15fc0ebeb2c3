/// One header field of a request or an answer.
package struct HTTPField: Hashable, Sendable {
    /// The name; a request's are in lower case, an answer's are sent as they stand.
    package let name: String
    /// The value, without white space around it.
    package let value: String

    /// Makes a field; what HTTP does not allow in a name or a value keeps it from being sent.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
