import AccountsStore
import Installation
public import Runtime

/// A function whose callers show an access token, but for its open routes.
public protocol BearerFunction: RoutedFunction {
    /// Says who is calling.
    var access: Access { get }
}

extension BearerFunction {
    /// Throws 401 without a valid token, which comes before anything that is wrong with the request.
    public func identify(_ request: Request, _ context: Context) throws {
        access.accounts.installation.begin(context)
        _ = try access.caller(request, context)
    }
}
