import Foundation
import Glibc
import JSON
import Testing

extension FaultsEndToEnd {
    @Suite struct KilledRenewalTests {
        /// From before the first write to after the answer: a renewal takes about 40 ms.
        @Test(arguments: [5, 15, 25, 40] as [UInt32])
        func `a renewal whose worker is killed leaves exactly one set that works`(milliseconds: UInt32) throws {
            let installation = try Installation.here
            var old = try Person.register(at: installation)
            try old.logIn()
            let token = try #require(try old.prove().json["renewalToken"].string)
            let workers = installation.processes("rotate-credentials")
            let taken = old
            let answers = Parallel.run(2) { index in
                guard index == 1 else { return try? taken.renew(token) }
                usleep(milliseconds * 1000)
                for worker in workers { kill(worker, SIGKILL) }
                return nil
            }
            let answer = try #require(answers.compactMap { $0 }.first)
            #expect([200, 502, 503].contains(answer.status), "\(answer)")
            try expectOneSet(old, answer, token)
        }

        private func expectOneSet(_ old: Person, _ answer: Answer, _ token: String) throws {
            let account = try Installation.here.store.one("accounts", old.filter)
            let version = Int64(account["credentials"]["version"]["$numberLong"].string ?? "") ?? 0
            #expect([1, 2].contains(version))
            let oldWorks = try old.account().status == 200
            #expect(oldWorks == (version == 1))
            if answer.status == 200 {
                #expect(version == 2)
                var new = try old.renewed(answer)
                try new.logIn()
            } else {
                let again = try awaitRenewal(old, token)
                var new = try old.renewed(again)
                try new.logIn()
                #expect(try old.account().status == 401)
            }
        }

        /// The token goes on working, since an answer may be lost.
        private func awaitRenewal(_ person: Person, _ token: String) throws -> Answer {
            var answer = try person.renew(token)
            for _ in 0..<50 where answer.status >= 500 {
                usleep(100_000)
                answer = try person.renew(token)
            }
            try #require(answer.status == 200, "\(answer)")
            return answer
        }
    }
}
