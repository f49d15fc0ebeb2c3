import BSON
public import JSON
public import Primitives

extension Notification {
    /// What it tells, as JSON. Accounts that `logins` has are named by their login, others by `null`; without it all are
    /// named by their ids.
    public func json(naming logins: [UniqueID: String]? = nil) -> JSONObject {
        var object = JSONObject()
        for element in data.elements {
            if element.name == "from", let logins {
                object.append("from", element.value.id.flatMap { logins[$0] }.map(JSONValue.string) ?? .null)
            } else {
                object.append(element.name, Self.json(element.value))
            }
        }
        return object
    }

    /// The account that it names; `nil` where it names none.
    public var from: UniqueID? { data["from"]?.id }

    private static func json(_ value: BSONValue) -> JSONValue {
        if let id = value.id { return .string(id.description) }
        if let date = value.date { return .string(date.description) }
        return value.integer.map(JSONValue.integer) ?? .null
    }
}
