import Foundation
import Glibc
import TestPorts
import Testing

/// The web pages in a real browser: each test is a story of `Scripts/pages`, told against an installation of its own.
@Suite(.serialized, .installation) struct PageTests {
    @Test func `somebody registers by QR code, logs in, expires and renews, and erases the account`() throws {
        try tell("life")
    }

    @Test func `a link shows credentials once, and only when it is asked to`() throws {
        try tell("handout")
    }

    @Test func `too many failures close the form for a while, in the reader's language`() throws {
        try tell("throttle")
    }

    @Test func `a login that was ended leads back after a new one, and a lost network is told`() throws {
        try tell("trouble")
    }

    @Test func `a lost password is got over by a mailed link and a code of the phone`() throws {
        let port = try FreePort.take()
        let settings = ["SMTP_URL": "smtp://127.0.0.1:\(port)", "SMTP_FROM": "passerelle@example.org"]
        let installation = try Installation(settings)
        defer { installation.remove() }
        defer { installation.stop() }
        try tell("recovery", String(port), at: installation)
    }

    @Test func `two players find, match and message each other live, and one deletes and blocks`() throws {
        try tell("play")
    }

    @Test func `players change pictures and weeks, use two tabs, lose the network, and talk in communities`() throws {
        try tell("habits")
    }

    @Test func `players paint by finger, report a message, part, and give up a game`() throws {
        try tell("seldom")
    }

    @Test func `an admin hands out, rotates all, verifies the trail and calls a function, and a player renews`() throws
    {
        try tell("administer", Admin.handOut(Person.newLogin(), at: Installation.here))
    }

    @Test func `requests come to nothing, and an admin judges a report, a dead call and a touched trail`() throws {
        try tell("oversee", Admin.handOut(Person.newLogin(), at: Installation.here))
    }

    @Test func `an owner ends a session, changes login and address, takes the data along, renews, and loses a phone`()
        throws
    {
        try tell("owner")
    }

    @Test func `an admin gives a role, rotates one, sets workers, and rotates the master key`() throws {
        let installation = try Installation()
        defer { installation.remove() }
        defer { installation.stop() }
        try tell("upkeep", Admin.handOut(Person.newLogin(), at: installation), at: installation)
    }

    @Test func `an admin rotates the chosen and those that expire, locks, and deletes in a community`() throws {
        let installation = try Installation()
        defer { installation.remove() }
        defer { installation.stop() }
        try tell("batches", Admin.handOut(Person.newLogin(), at: installation), at: installation)
    }

    @Test func `keys are enough, motion can be off, and no word is lost with an answer or a login`() throws {
        try tell("means")
    }

    @Test func `the contract's page finds a call and tries it, by keyboard alone`() throws {
        try tell("contract")
    }

    @Test func `every page is fit for everybody in both languages, both themes and at any width`() throws {
        try tell("look", Admin.handOut(Person.newLogin(), at: Installation.here))
    }

    @Test func `every page says so where calls do not come through, and goes on once they do`() throws {
        try tell("outage", Admin.handOut(Person.newLogin(), at: Installation.here))
    }

    @Test func `both dictionaries have the same keys, and every key that is used`() throws {
        try tell("texts")
    }

    @Test func `a first visit takes few bytes and few requests`() throws {
        try tell("weight")
    }

    /// Every line that the story says is a fault, unless its status is 0; no browser outlives it.
    private func tell(_ story: String, _ more: String..., at other: Installation? = nil) throws {
        let installation = try other ?? Installation.here
        let scratch = installation.folder + "/browsers"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { endBrowsers(of: scratch) }
        let words = [
            "/usr/bin/env", "TMPDIR=" + scratch, try Environment.python(),
            Environment.root + "/Tests/EndToEnd/Scripts/pages/run.py", story,
            "http://127.0.0.1:\(installation.port)", installation.folder + "/data", scratch,
        ]
        _ = try Environment.command("chromedriver", package: "chromium-driver")
        let command = try Command(words + more, withErrors: true)
        #expect(command.status == 0, "\(command.text)")
    }

    private func endBrowsers(of scratch: String) {
        for pid in Processes.all where Processes.mentions(pid, scratch) && pid != getpid() { kill(pid, SIGKILL) }
    }
}
