import GatewayHTTP
import GatewayStack

/// What a request's path names.
enum Target {
    /// A function, and where in the path what follows its name begins.
    case function(FunctionEntry, rest: Int)
    /// `/healthz`.
    case health
    /// `/openapi.json`.
    case contract
    /// `/metrics`.
    case metrics
    /// Below `/system/`.
    case system
    case nothing

    private static let prefix: StaticString = "/function/"

    /// Finds it; functions that only the gateway may call are nothing.
    init(_ head: RequestHead, functions: [String: FunctionEntry]) {
        self = head.withPath { path in
            if path.begins(with: Self.prefix) { return Self.function(path, functions) }
            if path.equals("/healthz") { return .health }
            if path.equals("/metrics") { return .metrics }
            if path.begins(with: "/system/") { return .system }
            return path.equals("/openapi.json") ? .contract : .nothing
        }
    }

    private static func function(_ path: Span<UInt8>, _ functions: [String: FunctionEntry]) -> Target {
        let start = prefix.utf8CodeUnitCount
        var end = start
        var dot: Int?
        while end < path.count, path[end] != UInt8(ascii: "/") {
            if path[end] == UInt8(ascii: "."), dot == nil { dot = end }
            end += 1
        }
        guard end - start <= 128, let entry = functions[path.text(start..<(dot ?? end))],
            !entry.definition.settings.isInternal
        else { return .nothing }
        if let dot, path.text((dot + 1)..<end) != entry.namespace { return .nothing }
        return .function(entry, rest: end)
    }
}

extension Span<UInt8> {
    /// The bytes in `range` as text.
    func text(_ range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
