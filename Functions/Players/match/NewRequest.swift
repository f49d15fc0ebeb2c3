import AccountsAccess
import JSON
import PlayersDomain

/// A request to play together as its sender sends it.
struct NewRequest: JSONObjectReadable {
    let to: String
    let note: String?

    init(members: inout JSONMembers) throws(JSONError) {
        let text = try members.required("to", as: String.self)
        guard Person.isLogin(text) else { throw JSONError("must be a login").inside("to") }
        to = text
        note = try members.optional("note", as: String.self)
        guard let note else { return }
        guard note.unicodeScalars.count <= 280, ProfileText.isBio(note) else {
            throw JSONError("must be at most 280 characters").inside("note")
        }
    }
}
