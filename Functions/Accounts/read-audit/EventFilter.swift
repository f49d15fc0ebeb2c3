import AccountsDomain
import AccountsStore
import Audit
import JSON
import Primitives
import Runtime

/// Which events a request asks for.
struct EventFilter {
    let asked: AskedEvents
    /// Names the list that a cursor belongs to.
    let name: String

    init(_ request: Request) throws(FunctionFailure) {
        var asked = AskedEvents()
        if let text = request.parameters["login"] {
            guard let login = Login(parsing: text) else {
                throw .invalidRequest(detail: "The parameter login is not a login.")
            }
            asked.login = login
        }
        if let text = request.parameters["type"] {
            guard let kind = AuditEvent.Kind(rawValue: text) else {
                throw .invalidRequest(detail: "The parameter type is not a type of event.")
            }
            asked.kind = kind
        }
        self.asked = asked
        name = "events?\(asked.login?.folded ?? "")&\(asked.kind?.rawValue ?? "")"
    }
}

extension AuditVerdict {
    func json(hasOutside: Bool) -> JSONObject {
        var object = JSONObject([
            ("ok", .bool(fault == nil)), ("events", .integer(Int64(events))),
            ("unsealed", .integer(Int64(unsealed))),
            ("head", ["seq": .integer(head.seq), "hash": .string(Hex.encode(head.hash))]),
            ("outsideHead", .bool(hasOutside && outsideHead ?? true)),
        ])
        if let fault { object.append("fault", ["seq": .integer(fault.seq), "what": .string(fault.what)]) }
        return object
    }
}
