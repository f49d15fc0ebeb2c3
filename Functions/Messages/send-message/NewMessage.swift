import AccountsAccess
import JSON
import MessagesDomain
import MessagesStore
import PlayersRelations
import Primitives

/// A message as its sender sends it, checked but for who may write to whom.
struct NewMessage: JSONObjectReadable {
    let address: Outgoing.Address
    let text: MessageText
    let clientMessageID: UniqueID

    init(members: inout JSONMembers) throws(JSONError) {
        address = try members.address()
        guard let text = MessageText(parsing: try members.required("body")) else {
            throw JSONError("must be 1 to 2000 code points without U+0000").inside("body")
        }
        guard let id = UniqueID(parsing: try members.required("clientMessageId")) else {
            throw JSONError("must be a UUID").inside("clientMessageId")
        }
        self.text = text
        clientMessageID = id
    }
}

extension JSONMembers {
    fileprivate mutating func address() throws(JSONError) -> Outgoing.Address {
        let login = try optional("to", as: String.self)
        let gameID = try optional("community", as: String.self)
        switch (login, gameID) {
        case (let login?, nil):
            guard Person.isLogin(login) else { throw JSONError("must be a login").inside("to") }
            return .login(login)
        case (nil, let gameID?):
            guard Community.isGameID(gameID) else { throw JSONError("must be a game's id").inside("community") }
            return .community(gameID)
        case (nil, nil): throw JSONError("is missing").inside("to")
        case (_?, _?): throw JSONError("must not stand beside to").inside("community")
        }
    }
}
