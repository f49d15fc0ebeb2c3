import Glibc
import Testing

@Suite(.serialized) struct KilledGatewayTests {
    @Test func `a gateway that is killed leaves no process behind, and the next start finds all data`() throws {
        let installation = try Installation()
        defer { installation.remove() }
        var person = try Person.register(at: installation)
        let gateway = try #require(installation.processes("passerelle").first)
        kill(gateway, SIGKILL)
        #expect(Patience.until { !installation.isRunning })
        expectNothingLeft(of: installation)
        installation.stop()
        let again = try Installation(over: installation)
        defer { again.stop() }
        person = try Person(client: again.client, person.credentials)
        try person.logIn()
    }

    @Test func `when the supervisor is killed nothing it started stays`() throws {
        let installation = try Installation()
        defer { installation.remove() }
        kill(installation.pid, SIGKILL)
        expectNothingLeft(of: installation)
        installation.stop()
    }

    /// Processes end one after another; that all have is what counts.
    private func expectNothingLeft(of installation: Installation) {
        let programs = ["passerelle", "create-account", "verify-login", "manage-account", "echo", "mongod"]
        let isClean = Patience.until { programs.allSatisfy { installation.processes($0).isEmpty } }
        #expect(isClean, "\(programs.filter { !installation.processes($0).isEmpty }) are left")
    }
}
