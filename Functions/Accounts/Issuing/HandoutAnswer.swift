public import AccountsStore
public import Installation
public import JSON
import Primitives
import QRImage
import Tokens
import Wire

/// A hand-out as whoever passes it on gets it: a link whose token stands in the fragment, so that no server sees it.
public struct HandoutAnswer {
    /// The link.
    public let url: String
    private let expiresAt: Timestamp

    /// Builds the link from the installation's public URL.
    public init(_ handout: IssuedHandout, _ installation: Installation) {
        url = installation.publicURL + "/claim#" + handout.token.text
        expiresAt = handout.expiresAt
    }

    /// The link's QR code, a PNG.
    public func image() throws -> [UInt8] {
        try QRCode.png(url)
    }

    /// The members `url`, `expiresAt` and `qrCode`.
    public func json() throws -> JSONValue {
        [
            "url": .string(url), "expiresAt": .string(expiresAt.description),
            "qrCode": .string("data:image/png;base64," + Base64.standard.encode(try image())),
        ]
    }
}
