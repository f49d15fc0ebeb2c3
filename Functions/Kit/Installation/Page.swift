public import JSON
public import Primitives
public import Runtime

/// The part of a list that a request asks for, by `limit` (1 to 100, 20 if left out) and `after`.
public struct Page: Sendable {
    /// How many entries at most.
    public let limit: Int
    /// Behind which position; `nil` for the beginning.
    public let after: [UInt8]?
    private let list: String
    private let caller: UniqueID?

    /// The query's parameters that make a page.
    public static let parameters: Set<String> = ["limit", "after"]

    /// Reads the request's parameters; throws 400 for a limit out of range, or a cursor that is not this list's.
    public init(
        _ request: Request, of list: String, for caller: UniqueID?, _ installation: Installation
    ) throws(FunctionFailure) {
        self.list = list
        self.caller = caller
        limit = try Self.limit(request.parameters["limit"])
        if let cursor = request.parameters["after"] {
            after = try installation.cursors.open(cursor, list: list, caller: caller)
        } else {
            after = nil
        }
    }

    /// The position as an id; `nil` for the beginning.
    public var afterID: UniqueID? {
        after.flatMap(UniqueID.init(bytes:))
    }

    /// A list's answer: its entries, and the cursor behind the last of them where there may be more.
    public func answer(
        _ name: String, _ entries: [JSONValue], next: [UInt8]?, _ installation: Installation
    ) -> JSONValue {
        let cursor = next.map { installation.cursors.seal($0, list: list, caller: caller) }
        return .object(JSONObject([(name, .array(entries)), ("next", cursor.map(JSONValue.string) ?? .null)]))
    }

    private static func limit(_ text: String?) throws(FunctionFailure) -> Int {
        guard let text else { return 20 }
        guard let limit = Int(text), (1...100).contains(limit) else {
            throw .invalidRequest(detail: "The parameter limit must be a whole number from 1 to 100.")
        }
        return limit
    }
}
