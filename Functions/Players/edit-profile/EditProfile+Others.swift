import AccountsAccess
import Installation
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Primitives
import Runtime

extension EditProfile {
    func view(_ request: Request, _ context: Context) throws -> Answer {
        let (other, player, bond) = try seen(request, context)
        guard let profile = try players.open(player, of: other, at: context.now) else {
            throw FunctionFailure.notFound
        }
        let games = try players.catalogue.games(player.library.map(\.gameID))
        let view = PublicView(
            other, profile, player.library, games, isTeammate: bond == .teammates,
            publicURL: players.installation.publicURL)
        return Answer.json(view.json).adding("cache-control", "no-store")
    }

    /// Whom the path names; throws the 404 of somebody who does not exist where the caller may not see him.
    func seen(_ request: Request, _ context: Context) throws -> (other: Person, player: StoredPlayer, bond: Bond) {
        let viewer = try caller(request, context)
        guard let other = try named(request, context) else { throw FunctionFailure.notFound }
        let bond = viewer.id == other.id ? .none : try players.relations.between(viewer.id, other.id).bond
        guard try players.mayView(viewer, other, bond, at: context.now) else { throw FunctionFailure.notFound }
        return (other, try players.player(other.id), bond)
    }

    func correctBirthDate(_ request: Request, _ context: Context) throws -> Answer {
        _ = try callerID(request, context)
        let content = try request.content(as: BirthDateContent.self)
        guard let birthDate = BirthDate(parsing: content.birthDate, at: context.now) else {
            throw FunctionFailure.invalidRequest(JSONError.noBirthDate.inside("birthDate"))
        }
        let admin = try access.admin(request, context)
        guard let account = try named(request, context) else { throw FunctionFailure.notFound }
        do {
            try players.correctBirthDate(of: account, to: birthDate, by: admin.accountID, context)
        } catch let error as ProfileError {
            throw error.failure
        }
        return Answer.json(["login": .string(account.login), "birthDate": .string(birthDate.description)])
            .adding("cache-control", "no-store")
    }
}

/// A birth date as an admin corrects it.
private struct BirthDateContent: JSONObjectReadable {
    let birthDate: String

    init(members: inout JSONMembers) throws(JSONError) {
        birthDate = try members.required("birthDate")
    }
}
