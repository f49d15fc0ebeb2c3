import AccountsAccess
import Installation
import JSON
import Pictures
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Runtime

extension EditProfile {
    /// Keeps nothing of what was sent but the picture, written anew.
    func putAvatar(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let sent = try request.bytes(mediaType: "image/png")
        let picture: SquarePicture
        do throws(PictureError) {
            picture = try SquarePicture(png: sent)
        } catch {
            throw error.failure
        }
        try players.avatars.put(picture.png(), of: account)
        let url = PublicView.avatarURL(of: account, players.installation.publicURL)
        return Answer.json(["avatarUrl": .string(url)]).adding("cache-control", "no-store")
    }

    func removeAvatar(_ request: Request, _ context: Context) throws -> Answer {
        try players.avatars.remove(of: callerID(request, context))
        return .noContent
    }

    func avatar(_ request: Request, _ context: Context) throws -> Answer {
        let other = try seen(request, context).other
        let picture = try players.avatars.picture(of: other.id, key: other.keyID) ?? Self.drawn(for: other)
        return Answer(body: picture).adding("content-type", "image/png").adding("cache-control", "no-store")
            .adding("x-content-type-options", "nosniff")
    }

    private static func drawn(for account: Person) throws -> [UInt8] {
        let drawing = DrawnAvatar(of: account.id)
        return try SquarePicture { x, y in
            let (red, green, blue) = drawing.colour(x: x, y: y)
            return (red, green, blue, 255)
        }.png()
    }
}

extension PictureError {
    fileprivate var failure: FunctionFailure {
        switch self {
        case .notPNG: .invalidRequest(detail: "The content is not a PNG.")
        case .tooLarge:
            .invalidRequest(
                detail: "The picture has more than \(SquarePicture.longestSide) pixels on a side, or too many in all.")
        case .failed: .internalError
        }
    }
}
