import GatewayHTTP
import GatewayStack

/// What a request's path names.
enum Target {
    /// A function, and where in the path what follows its name begins.
    case function(FunctionEntry, rest: Int)
    /// A function that is to be called later.
    case async(FunctionEntry, rest: Int)
    /// `/healthz`.
    case health
    /// `/openapi.json`.
    case contract
    /// `/metrics`.
    case metrics
    /// Below `/system/`.
    case system
    /// A file among the pages.
    case page(Page)
    /// Nothing, at an address that only programs call.
    case nothing
    /// Nothing, at an address where a page might be.
    case noPage

    private static let prefix: StaticString = "/function/"
    private static let longestPage = 256
    private static let asyncPrefix: StaticString = "/async-function/"

    /// Finds it; functions that only the gateway may call are nothing.
    init(_ head: RequestHead, functions: [String: FunctionEntry], pages: PageTable) {
        self = head.withPath { path in
            if path.begins(with: Self.prefix) {
                return Self.entry(path, after: Self.prefix, functions).map { .function($0.entry, rest: $0.rest) }
                    ?? .nothing
            }
            if path.equals("/healthz") { return .health }
            if path.equals("/metrics") { return .metrics }
            if path.begins(with: "/system/") { return .system }
            if path.begins(with: Self.asyncPrefix) {
                return Self.entry(path, after: Self.asyncPrefix, functions).map { .async($0.entry, rest: $0.rest) }
                    ?? .nothing
            }
            if path.equals("/openapi.json") { return .contract }
            guard path.count <= Self.longestPage, let page = pages[path.text(0..<path.count)] else { return .noPage }
            return .page(page)
        }
    }

    private static func entry(
        _ path: Span<UInt8>, after prefix: StaticString, _ functions: [String: FunctionEntry]
    ) -> (entry: FunctionEntry, rest: Int)? {
        let start = prefix.utf8CodeUnitCount
        var end = start
        var dot: Int?
        while end < path.count, path[end] != UInt8(ascii: "/") {
            if path[end] == UInt8(ascii: "."), dot == nil { dot = end }
            end += 1
        }
        guard end - start <= 128, let entry = functions[path.text(start..<(dot ?? end))],
            !entry.definition.settings.isInternal
        else { return nil }
        if let dot, path.text((dot + 1)..<end) != entry.namespace { return nil }
        return (entry, end)
    }
}

extension Span<UInt8> {
    /// The bytes in `range` as text.
    func text(_ range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
