import BSON
public import Primitives

/// A call that is to be made later.
public struct QueuedCall: Equatable, Sendable {
    /// A header field of the call.
    public struct Field: Equatable, Sendable {
        /// The field's name.
        public let name: String
        /// The field's value.
        public let value: String

        /// Names a value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Where a call stands.
    public enum Status: String, CaseIterable, Sendable {
        /// It is due, will be, or is being made.
        case waiting
        /// It was made.
        case done
        /// It failed too often.
        case dead
    }

    /// Names the call.
    public var id: String
    /// The function's name.
    public var function: String
    /// The request's method.
    public var method: String
    /// What follows the function's name in the path.
    public var path: String
    /// What follows `?`; `nil` where there was none.
    public var query: String?
    /// The request's fields, never `Authorization` or `Cookie`.
    public var headers: [Field]
    /// The request's content.
    public var body: [UInt8]
    /// Where the answer goes; `nil` for nowhere.
    public var callbackURL: String?
    /// Whose address the request came from.
    public var clientAddress: String
    /// How often it is tried.
    public var maxAttempts: Int64
    /// When it was taken in.
    public var acceptedAt: Timestamp
    /// How often it was tried, this time included.
    public var attempts: Int64 = 0
    /// How often it is still tried, before it is dead.
    public var left: Int64 = 0
    /// Where it stands.
    public var status: Status = .waiting
    /// The status that the function answered with last; `nil` where it never answered.
    public var lastStatus: Int64?
    /// When it was done or given up.
    public var endedAt: Timestamp?
    /// Proves that a worker has the call to itself; `nil` unless it was just taken.
    public var lease: UniqueID?

    /// Describes a call that has not been tried yet.
    public init(
        id: String, function: String, method: String, path: String, query: String?, headers: [Field], body: [UInt8],
        callbackURL: String?, clientAddress: String, maxAttempts: Int64, acceptedAt: Timestamp
    ) {
        self.id = id
        self.function = function
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers.filter { !Self.isSecret($0.name) }
        self.body = body
        self.callbackURL = callbackURL
        self.clientAddress = clientAddress
        self.maxAttempts = maxAttempts
        self.acceptedAt = acceptedAt
    }

    /// Whether a field of that name proves who calls, which is never stored.
    private static func isSecret(_ name: String) -> Bool {
        ["authorization", "cookie", "proxy-authorization", "passerelle-internal-key"].contains(name.lowercased())
    }
}
