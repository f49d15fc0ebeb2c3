public import AccountsAccess
import Installation
public import PlayersStore
import PlayersTimeZones
public import Primitives
public import Runtime

/// A function of this pack: all are set up alike, and ask alike who is calling.
public protocol PlayersFunction: BearerFunction {
    /// The function's name.
    static var name: String { get }
    /// What it works on.
    var players: Players { get }

    /// Makes the function over what it works on.
    init(players: Players)
}

extension PlayersFunction {
    /// Opens the installation; throws where that cannot be used.
    public init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: Self.name)
        self.init(players: Players(installation, try Access(installation), zones: TimeZoneFolder()))
    }

    /// Says who is calling.
    public var access: Access { players.access }

    /// Throws 401 without a valid token; said here once more, where this pack's functions see it.
    public func identify(_ request: Request, _ context: Context) throws {
        _ = try callerID(request, context)
    }

    /// The calling account's id; 401 without a valid token.
    public func callerID(_ request: Request, _ context: Context) throws -> UniqueID {
        try players.begin(context)
        return try access.caller(request, context).accountID
    }

    /// The calling account; 401 without a valid token.
    public func caller(_ request: Request, _ context: Context) throws -> Person {
        guard let account = try access.person(callerID(request, context)) else { throw FunctionFailure.unauthorized }
        return account
    }

    /// The account that the path's `{login}` names, or its first part where a route has the same name as somebody;
    /// `nil` where there is none.
    public func named(_ request: Request, _ context: Context) throws -> Person? {
        try access.person(named: request.captures["login"] ?? request.segments.first ?? "", at: context.now)
    }
}
