import Foundation
import Glibc
import JSON
import Testing

/// What happens when processes die or hang; each test leaves the installation whole again.
@Suite(.serialized, .installation) struct FaultsEndToEnd {
    @Test func `while the database is gone calls are told to try again, and once it is back all goes on`() throws {
        let installation = try Installation.here
        let before = try Standing(installation)
        let mongod = try #require(installation.processes("mongod").first)
        kill(installation.pid, SIGSTOP)  // or it would start the database again at once
        defer { kill(installation.pid, SIGCONT) }
        kill(mongod, SIGKILL)
        try expectUnavailable(before.person, within: .seconds(3))
        kill(installation.pid, SIGCONT)
        try before.expectRecovery()
    }

    @Test func `while the database hangs calls are told to try again, and once it goes on all does`() throws {
        let installation = try Installation.here
        let before = try Standing(installation)
        let mongod = try #require(installation.processes("mongod").first)
        kill(mongod, SIGSTOP)
        defer { kill(mongod, SIGCONT) }
        try expectUnavailable(before.person, within: .seconds(10))
        kill(mongod, SIGCONT)
        try before.expectRecovery()
    }

    @Test(arguments: ["create-account", "verify-login", "manage-account", "echo"])
    func `when a worker is killed the next call works`(function: String) throws {
        let installation = try Installation.here
        var person = try Person.register(at: installation)
        try person.logIn()
        for worker in installation.processes(function) { kill(worker, SIGKILL) }
        #expect(Patience.until { isAnswered(function, person) })
    }

    @Test func `a worker that is killed within a call costs that call alone`() throws {
        let installation = try Installation.here
        let mongod = try #require(installation.processes("mongod").first)
        let workers = installation.processes("create-account")
        let client = installation.client
        let statuses = Parallel.run(8) { index in
            guard index == 0 else { return try? client.post("/function/create-account", Self.anyone).status }
            usleep(30_000)
            for worker in workers { kill(worker, SIGKILL) }
            return nil
        }
        #expect(Set(statuses.compactMap { $0 }).isSubset(of: [201, 502, 503]), "\(statuses)")
        _ = try Person.register(at: installation)
        #expect(installation.processes("mongod") == [mongod])
    }

    fileprivate static var anyone: JSONValue { ["login": .string(Person.newLogin())] }

    /// Every function that needs the database answers 503 in time, and says when to try again.
    private func expectUnavailable(_ person: Person, within limit: Duration) throws {
        let client = person.client
        let calls: [@Sendable () throws -> Answer] = [
            { try client.post("/function/create-account", Self.anyone) }, { try person.attempt(totp: "000000") },
            { try person.account() }, { try person.renew(String(repeating: "A", count: 43)) },
        ]
        let answers = Parallel.run(calls.count) { index in
            let start = ContinuousClock.now
            return (try? calls[index](), ContinuousClock.now - start)
        }
        for (answer, duration) in answers {
            #expect(duration < limit)
            #expect(answer?.status == 503, "\(String(describing: answer))")
            #expect(answer?.slug == "unavailable")
            #expect(answer?["retry-after"].flatMap { Int($0) } ?? 0 > 0)
        }
        #expect(try client.send("GET", "/healthz").status == 200)
        #expect(try client.send("POST", "/function/echo", body: [1]).status == 200)
    }

    private func isAnswered(_ function: String, _ person: Person) -> Bool {
        let answer =
            switch function {
            case "create-account": try? person.client.post("/function/create-account", ["login": .string(person.login)])
            case "verify-login": try? person.attempt(password: "wrong", totp: "000000", device: person.deviceToken)
            case "manage-account": try? person.account()
            default: try? person.client.send("GET", "/function/echo")
            }
        return [200, 401, 409].contains(answer?.status ?? 0)
    }
}

/// How things stood before a fault: somebody who is logged in, and the processes.
private struct Standing {
    let installation: Installation
    var person: Person
    private let gateway: [Int32]
    private let workers: [Int32]

    init(_ installation: Installation) throws {
        self.installation = installation
        person = try Person.register(at: installation)
        try person.logIn()
        gateway = installation.processes("passerelle")
        workers = Self.workers(of: installation)
    }

    /// The same gateway and the same workers answer as before.
    func expectRecovery() throws {
        var person = person
        let calls: [() throws -> Bool] = [
            { try person.account().status == 200 },
            { try person.attempt(login: Person.newLogin(), totp: "000000").status == 401 },
            { try person.renew(String(repeating: "A", count: 43)).status == 410 },
            { try person.client.post("/function/create-account", FaultsEndToEnd.anyone).status == 201 },
        ]
        for call in calls { #expect(Patience.until { (try? call()) == true }) }
        try person.logIn()
        let proof = try person.prove()
        #expect(proof.status == 200, "\(proof)\n\(installation.log.suffix(4000))")
        #expect(installation.processes("passerelle") == gateway)
        #expect(Set(Self.workers(of: installation)).isSuperset(of: workers))
    }

    private static func workers(of installation: Installation) -> [Int32] {
        ["create-account", "verify-login", "manage-account", "rotate-credentials"]
            .flatMap { installation.processes($0) }
    }
}
