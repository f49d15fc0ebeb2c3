import JSON
import Primitives

/// What a gateway asks that follows the events.
struct NextRequest: JSONObjectReadable {
    let after: EventPosition?

    init(members: inout JSONMembers) throws(JSONError) {
        after = try members.optional("after", as: PositionText.self)?.position
    }
}

/// What a gateway asks that lacks older events.
struct ReadRequest: JSONObjectReadable {
    let after: EventPosition
    let before: EventPosition

    init(members: inout JSONMembers) throws(JSONError) {
        after = try members.required("after", as: PositionText.self).position
        before = try members.required("before", as: PositionText.self).position
    }
}

private struct PositionText: JSONReadable {
    let position: EventPosition

    init(json: JSONValue) throws(JSONError) {
        guard case .string(let text) = json, let position = EventPosition(parsing: text) else {
            throw JSONError("must be a position")
        }
        self.position = position
    }
}
