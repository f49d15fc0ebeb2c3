import JSON
import Primitives
import SystemStore

/// What a gateway asks of the schedule.
struct SlotRequest: JSONObjectReadable {
    let name: ShortText
    let slot: SlotNumber
    let owner: ShortText
    let leaseSeconds: Seconds

    init(members: inout JSONMembers) throws(JSONError) {
        name = try members.required("name")
        slot = try members.required("slot")
        owner = try members.required("owner")
        leaseSeconds = try members.required("leaseSeconds")
    }
}

/// A call to be made later.
struct CallRequest: JSONObjectReadable {
    let id: ShortText
    private let function: ShortText
    private let method: ShortText
    private let path: String
    private let query: String?
    private let headers: [QueuedCall.Field]
    private let body: [UInt8]
    private let callbackURL: String?
    private let clientAddress: String
    private let maxAttempts: Count

    init(members: inout JSONMembers) throws(JSONError) {
        id = try members.required("callId")
        function = try members.required("function")
        method = try members.optional("method") ?? .post
        path = try members.optional("path") ?? "/"
        query = try members.optional("query")
        headers = (try members.optional("headers", as: [FieldRequest].self) ?? []).map(\.field)
        body = try members.optional("body", as: Base64Bytes.self)?.bytes ?? []
        callbackURL = try members.optional("callbackUrl")
        clientAddress = try members.optional("clientAddress") ?? ""
        maxAttempts = try members.optional("maxAttempts") ?? .ten
    }

    func call(at now: Timestamp) -> QueuedCall {
        QueuedCall(
            id: id.text, function: function.text, method: method.text, path: path, query: query, headers: headers,
            body: body, callbackURL: callbackURL, clientAddress: clientAddress, maxAttempts: maxAttempts.number,
            acceptedAt: now)
    }
}

/// How many due calls a worker wants, and for how long.
struct LeaseRequest: JSONObjectReadable {
    let limit: Count
    let leaseSeconds: Seconds

    init(members: inout JSONMembers) throws(JSONError) {
        limit = try members.optional("limit") ?? .one
        leaseSeconds = try members.required("leaseSeconds")
    }
}

/// What became of a call.
struct SettleRequest: JSONObjectReadable {
    enum Outcome: String, JSONReadable {
        /// The function answered.
        case done
        /// It did not, or not well; it is to be tried again.
        case failed
        /// Trying again makes no sense.
        case impossible

        init(json: JSONValue) throws(JSONError) {
            guard case .string(let text) = json, let outcome = Outcome(rawValue: text) else {
                throw JSONError("must be done, failed or impossible")
            }
            self = outcome
        }
    }

    let lease: UniqueID
    let outcome: Outcome
    let status: Int64?

    init(members: inout JSONMembers) throws(JSONError) {
        lease = try members.required("lease", as: LeaseID.self).id
        outcome = try members.required("outcome")
        status = try members.optional("status")
    }
}
