import Foundation
import JSON
import Testing

/// Tampering leaves an installation whose audit is broken for good, so these have one of their own.
@Suite(.serialized, .installation) struct AuditChainTests {
    @Test func `events are sealed within seconds and read in the order of the chain`() throws {
        let installation = try Installation.here
        var admin = try Admin.appoint(at: installation)
        try admin.logIn()
        try waitUntilSealed(admin)
        let page = try admin.client.send("GET", "/function/read-audit?limit=100", admin.bearer)
        let events = page.json["events"].elements
        #expect(events.compactMap { $0["seq"].integer } == Array(1...Int64(events.count)))
        for (before, after) in zip(events, events.dropFirst()) {
            #expect(after["previousHash"] == before["hash"])
        }
        let own = try admin.client.send("GET", "/function/read-audit?login=\(admin.login)", admin.bearer)
        #expect(own.json["events"].elements.compactMap { $0["type"].string }.contains("handout.claimed"))
        let typed = try admin.client.send("GET", "/function/read-audit?type=login.succeeded", admin.bearer)
        #expect(Set(typed.json["events"].elements.compactMap { $0["type"].string }) == ["login.succeeded"])
        #expect(try admin.client.send("GET", "/function/read-audit?type=nothing", admin.bearer).status == 400)
        let heads = try String(contentsOfFile: installation.folder + "/data/audit-heads", encoding: .utf8)
        let head = try admin.verifyAudit()["head"]
        #expect(heads.contains("\(head["seq"].integer ?? 0) \(head["hash"].string ?? "?")"))
    }

    @Test func `a changed, a removed and a made-up event are named, and so is a tail that was cut off`() throws {
        let installation = try Installation.here
        let admin = try Admin.appoint(at: installation)
        try waitUntilSealed(admin)
        let count = Int64(try #require(try admin.verifyAudit()["events"].integer))
        let store = installation.store
        for (seq, change) in [(2, "outcome"), (3, "type"), (4, "correlationId")] as [(Int64, String)] {
            let place: JSONValue = ["seq": .integer(seq)]
            let whole = try store.one("audit", place)
            try store.set("audit", place, .object(JSONObject([(change, "other")])))
            try expectFault(admin, at: seq)
            try store.set("audit", place, .object(JSONObject([(change, whole[change])])))
            #expect(try admin.verifyAudit()["ok"] == .bool(true))
        }
        try store.set("audit", ["seq": 2], ["seq": .integer(count + 100)])
        try expectFault(admin, at: 2)
        try store.set("audit", ["seq": .integer(count + 100)], ["seq": ["$numberLong": "2"]])
        #expect(try admin.verifyAudit()["ok"] == .bool(true))
        try store.set("audit", ["seq": .integer(count)], ["seq": .integer(-1)])
        let cut = try admin.verifyAudit()
        #expect(cut["ok"] == .bool(false) && cut["outsideHead"] == .bool(false), "\(cut)")
        #expect(cut["fault"]["seq"].integer == count)
    }

    @Test func `the sealer is not to be called from outside`() throws {
        let installation = try Installation.here
        let answer = try installation.client.post("/function/seal-audit", [:])
        #expect(answer.status == 404)
        #expect(answer.likeness == (try installation.client.post("/function/no-such-function", [:])).likeness)
        let key = try installation.secret("internal-key")
        let shown = try installation.client.post("/function/seal-audit", [:], ["Passerelle-Internal-Key": key])
        #expect(shown.status == 404)
    }

    private func expectFault(_ admin: Person, at seq: Int64) throws {
        let verdict = try admin.verifyAudit()
        #expect(verdict["ok"] == .bool(false), "\(verdict)")
        #expect(verdict["fault"]["seq"].integer == seq, "\(verdict)")
    }

    /// Reading tells nothing, so that the chain comes to rest.
    private func waitUntilSealed(_ admin: Person) throws {
        #expect(
            Patience.until {
                guard let verdict = try? admin.verifyAudit() else { return false }
                return verdict["ok"] == .bool(true) && verdict["unsealed"].integer == 0
            })
    }
}
