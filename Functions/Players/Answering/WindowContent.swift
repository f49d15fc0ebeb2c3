import JSON
import PlayersDomain

/// A window of availability as its owner sends it.
struct WindowContent: JSONObjectReadable {
    let window: LocalWindow

    init(members: inout JSONMembers) throws(JSONError) {
        guard let day = try members.choice("day", as: Weekday.self) else { throw JSONError("is missing").inside("day") }
        let from = try members.required("from", as: String.self)
        let to = try members.required("to", as: String.self)
        guard let window = LocalWindow(day: day, from: from, to: to) else {
            throw JSONError("must be two times as HH:MM that differ")
        }
        self.window = window
    }
}

/// Handles elsewhere as their owner sends them.
struct LinksContent: JSONObjectReadable {
    let links: [Handle: String]

    init(members: inout JSONMembers) throws(JSONError) {
        var links: [Handle: String] = [:]
        for handle in Handle.allCases {
            guard let text = try members.optional(handle.rawValue, as: String.self) else { continue }
            guard handle.accepts(text) else { throw JSONError("is not a handle there").inside(handle.rawValue) }
            links[handle] = text
        }
        self.links = links
    }
}
