import AccountsAccess
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Primitives
import Runtime

extension EditProfile {
    func view(_ request: Request, _ context: Context) throws -> Answer {
        let viewer = try caller(request, context)
        guard let other = try named(request, context) else { throw FunctionFailure.notFound }
        let bond = viewer.id == other.id ? .none : try players.relations.between(viewer.id, other.id).bond
        let player = try players.player(other.id)
        guard try players.mayView(viewer, other, bond, at: context.now),
            let profile = try players.open(player, of: other, at: context.now)
        else { throw FunctionFailure.notFound }
        let games = try players.catalogue.games(player.library.map(\.gameID))
        return Answer.json(PublicView(other, profile, player.library, games, isTeammate: bond == .teammates).json)
            .adding("cache-control", "no-store")
    }

    func correctBirthDate(_ request: Request, _ context: Context) throws -> Answer {
        try players.begin(context)
        _ = try access.caller(request, context)
        let content = try request.content(as: BirthDateContent.self)
        guard let birthDate = BirthDate(parsing: content.birthDate, at: context.now) else {
            throw FunctionFailure.invalidRequest(JSONError.noBirthDate.inside("birthDate"))
        }
        _ = try access.admin(request, context)
        guard let account = try named(request, context) else { throw FunctionFailure.notFound }
        do {
            try players.correctBirthDate(of: account, to: birthDate, at: context.now)
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
