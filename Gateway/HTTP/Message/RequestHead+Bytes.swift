extension RequestHead {
    /// Lends each field's name (in lower case) and value (UTF-8) in the order received, without making strings.
    package func forEachField(_ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
        let bytes = bytes.span
        for field in fieldRanges {
            body(bytes.extracting(field.name.indices), bytes.extracting(field.value.indices))
        }
    }

    /// Lends the path's bytes, without making a string.
    package func withPath<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(pathRange.indices))
    }

    /// Lends the query's bytes, `nil` where there was none, without making a string.
    package func withQuery<Result>(_ body: (Span<UInt8>?) -> Result) -> Result {
        guard let queryRange else { return body(nil) }
        return body(bytes.span.extracting(queryRange.indices))
    }
}
