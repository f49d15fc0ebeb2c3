public import JSON

/// The secret `backup-store`: who may use the object store.
public struct ObjectStoreAccess: JSONObjectReadable, Sendable {
    let keyID: String
    let key: String
    let sessionToken: String?

    /// Takes `accessKeyId` and `secretAccessKey`, and `sessionToken` where there is one.
    public init(members: inout JSONMembers) throws(JSONError) {
        keyID = try Self.printable(members.required("accessKeyId"), "accessKeyId")
        key = try members.required("secretAccessKey")
        sessionToken = try members.optional("sessionToken").map { token throws(JSONError) in
            try Self.printable(token, "sessionToken")
        }
    }

    private static func printable(_ text: String, _ name: String) throws(JSONError) -> String {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw JSONError("must be printable ASCII without spaces").inside(name)
        }
        return text
    }
}
