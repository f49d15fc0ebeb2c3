import AccountsAccess
import JSON
import PlayersAnswering
import PlayersStore
import Primitives
import Runtime

extension EditProfile {
    func show(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        guard let profile = try players.profile(account, at: context.now) else { throw FunctionFailure.notFound }
        return Self.answer(profile)
    }

    func replace(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let profile = try Self.valid(request.content(as: ProfileContent.self), context)
        return try store(account, context) { _ in profile }
    }

    /// Merges what the request names into the profile as its owner sees it, and reads the whole as if it were sent.
    func merge(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let patch = try request.content(
            as: MergePatch.self, mediaTypes: ["application/merge-patch+json", "application/json"])
        try Self.requireKnown(patch)
        return try store(account, context) { former in
            guard let former else { throw FunctionFailure.notFound }
            do throws(JSONError) {
                return try ProfileContent(json: .object(patch.applied(to: former.json))).profile(at: context.now)
            } catch {
                throw FunctionFailure.invalidRequest(error)
            }
        }
    }

    private func store(
        _ account: Person, _ context: Context, _ make: (Profile?) throws -> Profile
    ) throws -> Answer {
        do {
            return try Self.answer(players.setProfile(of: account, at: context.now, make))
        } catch let error as ProfileError {
            throw error.failure
        }
    }

    /// A member that is unknown is refused also where the patch takes it away.
    private static func requireKnown(_ patch: MergePatch) throws(FunctionFailure) {
        for member in patch.changes.members where !ProfileContent.names.contains(member.name) {
            throw .invalidRequest(JSONError("is not known here").inside(member.name))
        }
    }

    private static func valid(_ content: ProfileContent, _ context: Context) throws(FunctionFailure) -> Profile {
        do { return try content.profile(at: context.now) } catch { throw .invalidRequest(error) }
    }

    private static func answer(_ profile: Profile) -> Answer {
        Answer.json(.object(profile.json)).adding("cache-control", "no-store")
    }
}

extension ProfileError {
    /// What the caller is told.
    var failure: FunctionFailure {
        switch self {
        case .missing: .notFound
        case .birthDateSet:
            FunctionFailure(
                409, "conflict", title: "Conflict", detail: "The birth date is set; an admin can correct it.")
        case .tooManyEdits(let seconds):
            FunctionFailure(
                429, "rate-limited", title: "Too many changes",
                detail: "Availability and time zone can be changed five times in 24 hours.",
                headers: ["retry-after": String(seconds)])
        }
    }
}
