import GatewayHTTP
import GatewayStack
import Wire

extension SystemAPI {
    /// Lists backups, or begins one: 202, and what became of it is in the list.
    func backups(_ method: String, _ answer: PendingAnswer, _ callID: String) throws(Problem) {
        guard let backUp = registry.entries["back-up"] else { throw .notFound }
        guard method == "POST" else { return pass(backUp, "GET", "/", query: nil, answer, callID) }
        guard backUp.definition.environment["BACKUP_TARGET"].map({ !$0.isEmpty }) ?? false else {
            throw .conflict("Backups have no place to go: BACKUP_TARGET is not set.")
        }
        guard !isBackingUp else { throw .conflict("A backup is being made already.") }
        isBackingUp = true
        log.say("backup.started", ("callId", callID))
        caller.call(backUp, "POST", "/") { [self] reply in
            isBackingUp = false
            log.say("backup.ended", ("callId", callID), ("status", reply.map { String($0.status) } ?? "none"))
        }
        answer.answer(Self.json(nil, callID, status: 202))
    }
}
