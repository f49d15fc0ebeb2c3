import Testing

@testable import set_up

struct CommandTests {
    @Test(arguments: [
        (["serve"], Command.serve), (["prepare"], .prepare), (["--help"], .help), (["-h"], .help),
        (["--version"], .version),
    ])
    func `a command is one word`(words: [String], command: Command) throws {
        #expect(try Command(parsing: words) == command)
    }

    @Test(arguments: [[], ["start"], ["Serve"], ["serve", "now"], ["--help", "--version"], [""]])
    func `anything else is wrong usage`(words: [String]) {
        let failure = #expect(throws: Failure.self) { try Command(parsing: words) }
        #expect(failure?.status == 64)
    }

    @Test(arguments: ["--help", "--version"])
    func `help and version need no data directory`(word: String) throws {
        let site = try Site()
        let run = try site.start(word)
        #expect(try run.end() == 0)
        #expect(run.said.contains("set-up"))
        #expect(!site.exists("data"))
    }
}
