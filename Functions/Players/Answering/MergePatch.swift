public import JSON

/// A change of a JSON object by another (RFC 7396).
public struct MergePatch: JSONReadable {
    /// The members that it names.
    public let changes: JSONObject

    /// Takes an object; throws for anything else.
    public init(json: JSONValue) throws(JSONError) {
        guard case .object(let changes) = json else { throw JSONError("must be an object") }
        self.changes = changes
    }

    /// `target` with the patch's members in place, and without those that it sets to null.
    public func applied(to target: JSONObject) -> JSONObject {
        Self.merge(changes, into: target)
    }

    private static func merge(_ changes: JSONObject, into target: JSONObject) -> JSONObject {
        let names = Set(changes.members.map(\.name))
        var merged = JSONObject(target.members.filter { !names.contains($0.name) }.map { ($0.name, $0.value) })
        for member in changes.members {
            switch member.value {
            case .null: continue
            case .object(let inner):
                let former: JSONObject = if case .object(let object)? = target[member.name] { object } else { .init() }
                merged.append(member.name, .object(merge(inner, into: former)))
            default: merged.append(member.name, member.value)
            }
        }
        return merged
    }
}
