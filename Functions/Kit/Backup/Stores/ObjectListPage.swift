/// One page of a bucket's list (`ListBucketResult`), as far as it matters here.
struct ObjectListPage {
    let objects: [(name: String, bytes: Int64)]
    /// What to ask for the next page with; `nil` on the last one.
    let next: String?

    /// Takes what is there; an object without name or length is passed over.
    init(parsing xml: [UInt8]) {
        let text = String(decoding: xml, as: UTF8.self)
        objects = Self.texts(of: "Contents", in: text).compactMap { entry in
            guard let name = Self.texts(of: "Key", in: entry).first,
                let bytes = Self.texts(of: "Size", in: entry).first.flatMap(Int64.init)
            else { return nil }
            return (Self.unescaped(name), bytes)
        }
        let isCut = Self.texts(of: "IsTruncated", in: text).first == "true"
        next = isCut ? Self.texts(of: "NextContinuationToken", in: text).first.map(Self.unescaped) : nil
    }

    /// What stands between `<name>` and `</name>`, each time.
    static func texts(of name: String, in text: String) -> [String] {
        text.split(separator: "<\(name)>", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.ranges(of: "</\(name)>").first.map { String(rest[..<$0.lowerBound]) }
        }
    }

    private static func unescaped(_ text: String) -> String {
        [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&apos;", "'"), ("&#39;", "'"),
            ("&amp;", "&"),
        ]
        .reduce(text) { text, pair in
            text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
        }
    }
}
