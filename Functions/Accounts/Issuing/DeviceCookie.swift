import AccountsStore
public import Installation
public import Runtime
public import Tokens
import Wire

/// The cookie that carries a device's token back to the account functions.
public struct DeviceCookie: Sendable {
    /// The cookie's name.
    public static let name = "passerelle-device"
    private let isSecure: Bool

    /// Marks the cookie `Secure` where the installation is reached by https.
    public init(_ installation: Installation) {
        isSecure = installation.publicURL.hasPrefix("https://")
    }

    /// The value of the `Set-Cookie` field (RFC 6265) that gives `token` to a browser.
    public func field(_ token: OpaqueToken) -> String {
        "\(Self.name)=\(token.text); Path=/function; Max-Age=\(Accounts.deviceLife.components.seconds); HttpOnly; "
            + "SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    /// The token that a browser sent along; `nil` where there is none, or what there is cannot be one.
    public static func token(_ request: Request) -> OpaqueToken? {
        let cookies = (request.invocation.header("cookie") ?? "").split(separator: ";")
        for cookie in cookies {
            let parts = cookie.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { continue }
            return OpaqueToken(parsing: String(parts[1]))
        }
        return nil
    }
}
