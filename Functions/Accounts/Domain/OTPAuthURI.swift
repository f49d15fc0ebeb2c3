import Primitives

/// The URI that an authenticator app reads from a QR code (Google Authenticator's key URI format).
public struct OTPAuthURI: Sendable {
    /// Who the app says the code is for.
    public static let issuer = "Passerelle"

    /// The whole URI; it carries the secret.
    public let text: String

    /// The URI for `login` with `secret`, naming every parameter although they are the usual ones.
    public init(login: Login, secret: [UInt8]) {
        text =
            "otpauth://totp/\(Self.issuer):\(Self.escaped(login.text))?secret=\(Base32.encode(secret))"
            + "&issuer=\(Self.issuer)&algorithm=SHA1&digits=\(TOTP.digits)&period=\(TOTP.period)"
    }

    /// Percent-encodes all but RFC 3986's unreserved characters.
    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, character in
            switch character {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                result.unicodeScalars.append(Unicode.Scalar(character))
            default:
                result += "%" + Hex.encode([character]).uppercased()
            }
        }
    }
}
