import JSON
import Primitives

/// Which function is to go.
struct RemovalRequest: JSONObjectReadable {
    let functionName: String
    let namespace: String?

    init(members: inout JSONMembers) throws(JSONError) {
        functionName = try members.required("functionName")
        namespace = try members.optional("namespace")
    }
}

/// How many workers a function is to have.
struct ScaleRequest: JSONObjectReadable {
    let serviceName: String?
    let replicas: Int
    let namespace: String?

    init(members: inout JSONMembers) throws(JSONError) {
        serviceName = try members.optional("serviceName")
        let number = try members.required("replicas", as: Int64.self)
        guard (0...1024).contains(number) else { throw JSONError("must be from 0 to 1024").inside("replicas") }
        replicas = Int(number)
        namespace = try members.optional("namespace")
    }
}

/// A secret's name, and what it is to hold: a text, or bytes in base64.
struct SecretRequest: JSONObjectReadable {
    let name: String
    let namespace: String?
    /// `nil` where neither `value` nor `rawValue` is given.
    let bytes: [UInt8]?

    init(members: inout JSONMembers) throws(JSONError) {
        name = try members.required("name")
        namespace = try members.optional("namespace")
        let raw = try members.optional("rawValue", as: String.self)
        let text = try members.optional("value", as: String.self)
        guard let raw, !raw.isEmpty else {
            bytes = text.map { Array($0.utf8) }
            return
        }
        guard let decoded = Base64.standard.decode(raw) else {
            throw JSONError("must be base64").inside("rawValue")
        }
        bytes = decoded
    }
}

extension JSONValue {
    /// The value read out of a request's content, members that are null taken for left out.
    static func read<Value: JSONObjectReadable>(
        _ bytes: [UInt8], as type: Value.Type = Value.self
    ) throws(Problem) -> Value {
        do throws(JSONError) {
            guard case .object(let object) = try JSONValue(parsing: bytes) else { throw JSONError("must be an object") }
            let members = object.members.filter { $0.value != .null }.map { ($0.name, $0.value) }
            return try Value(json: .object(JSONObject(members)))
        } catch {
            throw .invalid(error.pointer.isEmpty ? "The content \(error.detail)." : "\(error.pointer) \(error.detail).")
        }
    }
}
