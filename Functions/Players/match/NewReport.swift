import AccountsAccess
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Primitives

/// A report about another player as its maker sends it.
struct NewReport: JSONObjectReadable {
    let login: String
    let reason: String
    let messageID: UniqueID?

    init(members: inout JSONMembers) throws(JSONError) {
        login = try members.checked("login", "must be a login", Person.isLogin)
        reason = try members.checked("reason", "must be 1 to 1000 characters") {
            ProfileText.isBio($0) && !$0.allSatisfy(\.isWhitespace)
        }
        guard let text = try members.optional("messageId", as: String.self) else {
            messageID = nil
            return
        }
        guard let id = UniqueID(parsing: text) else { throw JSONError("must be a message's id").inside("messageId") }
        messageID = id
    }
}

/// What an admin makes of a report.
struct Verdict: JSONObjectReadable {
    let outcome: Report.Outcome
    let note: String?

    init(members: inout JSONMembers) throws(JSONError) {
        guard let outcome = try members.choice("outcome", as: Report.Outcome.self) else {
            throw JSONError("is missing").inside("outcome")
        }
        self.outcome = outcome
        note = try members.optional("note", as: String.self)
        if let note, !ProfileText.isBio(note) { throw JSONError("must be at most 1000 characters").inside("note") }
    }
}
