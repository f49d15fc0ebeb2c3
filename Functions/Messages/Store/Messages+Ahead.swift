public import AccountsAccess
import BSON
import Installation
import MessageRecords
import MongoDB
import PlayersRelations
import Primitives
public import Runtime

/// What was read for a message together with its sender's session, before anything was known of him.
public struct ReadAhead {
    /// The connection that it was read over.
    let link: MongoLink
    /// The community that it goes to; `nil` where the sender does not belong to it.
    let community: Community?
    /// The conversation that it was taken to go to, and the last number in it.
    let conversation: UniqueID
    let last: Int64
}

extension Messages {
    /// Whoever bears the token, with what a message of his to `address` needs, in one go where the connection allows
    /// it. Throws 401 unless his session lasts.
    public func caller(
        _ bearer: Bearer, writingTo address: Outgoing.Address?, _ context: Context
    ) throws -> (Caller, ReadAhead?) {
        do {
            if let read = try readAhead(bearer, address, context) { return read }
        } catch MongoError.unavailable {
            // The driver looks for another connection.
        }
        return (try access.caller(bearer, context), nil)
    }

    private func readAhead(
        _ bearer: Bearer, _ address: Outgoing.Address?, _ context: Context
    ) throws -> (Caller, ReadAhead?)? {
        guard let link = try installation.client.link(), installation.client.isPipelined(link) else { return nil }
        guard case .community(let gameID)? = address,
            let membership = relations.communityLookup(of: gameID, for: bearer.accountID)
        else { return (try access.caller(bearer, found: first([bearer.session], over: link)[0], context), nil) }
        // Most are in the age group that they were in last.
        let likely = Community(gameID: gameID, ageGroup: ageGroups[bearer.accountID] ?? .adults)
        let conversation = Target.community(likely).conversationID
        let told = numbers?.take(conversation, in: link.reign)
        let lookups = [bearer.session, membership] + (told == nil ? [lastLookup(in: conversation)] : [])
        let found = try first(lookups, over: link)
        let caller = try access.caller(bearer, found: found[0], context)
        let community = relations.community(of: gameID, in: found[1], at: context.now)
        if let community { remember(community.ageGroup, of: caller.accountID) }
        let last = told ?? Self.number(in: found[2])
        return (caller, ReadAhead(link: link, community: community, conversation: conversation, last: last))
    }

    private func first(_ lookups: [Lookup], over link: MongoLink) throws(MongoError) -> [Document?] {
        try installation.client.first(lookups, in: messages.database, over: link)
    }
}
