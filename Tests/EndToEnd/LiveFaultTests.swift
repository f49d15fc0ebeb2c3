import Foundation
import Glibc
import JSON
import Testing

/// Streams while processes die; what is told must be whole, and nothing told twice.
@Suite(.serialized) struct LiveFaultTests {
    private static let settings = ["MESSAGE_RATE": "0", "FIRST_CONTACTS_PER_DAY": "0"]

    /// Reads events, and resumes where a stream has ended.
    private final class Follower {
        var person: Person
        private var stream: EventReader?
        private var before: [Int64] = []
        private var mark: String?

        init(_ person: Person) throws {
            self.person = person
            stream = try EventReader(person)
        }

        var numbers: [Int64] { before + (stream?.numbers ?? []) }

        /// Leaves the stream, or what is left of it, and comes again.
        func resume() {
            leave()
            _ = Patience.until {
                stream = try? EventReader(person, after: mark)
                return stream?.status == 200
            }
        }

        func leave() {
            before += stream?.numbers ?? []
            mark = stream?.lastID ?? mark
            stream?.close()
            stream = nil
        }

        func expect(_ numbers: ClosedRange<Int64>) {
            let isWhole = Patience.until {
                if stream?.isOpen != true { resume() }
                return self.numbers.count >= numbers.count
            }
            #expect(isWhole && self.numbers == Array(numbers))
        }
    }

    /// Sends until it is taken, under the same id.
    private func say(_ count: Int, _ one: Person, _ other: Person) {
        for _ in 0..<count {
            let id = UUID().uuidString
            let isSaid = Patience.until {
                [200, 201].contains((try? one.say("Hello", to: other, id: id))?.status ?? 0)
            }
            #expect(isSaid)
        }
    }

    @Test func `streams resume whole after each process was killed`() throws {
        let installation = try Installation(Self.settings)
        defer { installation.remove() }
        var (ada, bob) = try Player.teammates(at: installation)
        let follower = try Follower(bob)
        var said: Int64 = 0
        func sayAndExpect() {
            say(3, ada, bob)
            said += 3
            follower.expect(1...said)
        }
        sayAndExpect()
        for program in ["follow-events", "read-messages", "send-message"] {
            for process in installation.processes(program) { kill(process, SIGKILL) }
            sayAndExpect()
        }
        try forceGap(installation, follower) { sayMore() }
        func sayMore() {
            say(2, ada, bob)
            said += 2
        }
        follower.expect(1...said)
        kill(try #require(installation.processes("mongod").first), SIGKILL)
        sayAndExpect()
        sayMore()
        let gateway = try #require(installation.processes("passerelle").first)
        kill(gateway, SIGKILL)
        #expect(Patience.until { !installation.isRunning })
        follower.leave()
        installation.stop()
        let again = try Installation(over: installation, Self.settings)
        defer { again.stop() }
        (ada, bob) = (try moved(ada, to: again), try moved(bob, to: again))
        try ada.logIn()
        try bob.logIn()
        follower.person = bob
        sayAndExpect()
    }

    /// The same person at another address, with the codes that were not used yet.
    private func moved(_ person: Person, to installation: Installation) throws -> Person {
        var moved = try Person(client: installation.client, person.credentials)
        moved.authenticator = person.authenticator
        return moved
    }

    /// Messages come between the function's answer, by which the stream begins, and the events that the gateway gets.
    private func forceGap(_ installation: Installation, _ follower: Follower, _ say: () -> Void) throws {
        follower.leave()
        let followers = installation.processes("follow-events")
        try #require(!followers.isEmpty)
        for process in followers { kill(process, SIGSTOP) }
        defer { for process in followers { kill(process, SIGCONT) } }
        say()
        follower.resume()
        say()
    }
}
