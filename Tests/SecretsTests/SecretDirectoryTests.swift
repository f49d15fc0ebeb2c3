import Foundation
import Secrets
import Synchronization
import Testing

@Suite final class SecretDirectoryTests {
    let folder: URL
    let secrets: SecretDirectory

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        secrets = SecretDirectory(path: folder.path)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    @Test(arguments: [1, 32, 4096, 65_536])
    func `a secret is read as it was made, for its owner alone`(length: Int) throws {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try secrets.make("master-key", bytes)
        #expect(try secrets.read("master-key") == bytes)
        let attributes = try FileManager.default.attributesOfItem(atPath: path("master-key"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["master-key"])
    }

    @Test func `a secret that is there is never replaced`() throws {
        try secrets.make("pepper", [1, 2, 3])
        #expect(throws: SecretError.alreadyThere("pepper")) { try secrets.make("pepper", [4]) }
        #expect(try secrets.read("pepper") == [1, 2, 3])
        #expect(try secrets.readOrMake("pepper") { [4] } == [1, 2, 3])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pepper"])
    }

    @Test func `of many makers at once exactly one makes it, and all see the same`() async throws {
        let secrets = secrets
        let seen = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for maker in UInt8(0)..<32 {
                group.addTask { try secrets.readOrMake("token-key") { [UInt8](repeating: maker, count: 1000) } }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(seen.count == 1)
        #expect(try seen.contains(secrets.read("token-key")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["token-key"])
    }

    @Test func `of makers in other processes exactly one succeeds`() async throws {
        let path = folder.path
        await withTaskGroup { group in
            for _ in 0..<6 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        exit(makeOnce(in: path))
                    }
                }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("won") }.count == 1)
    }

    @Test func `a missing secret is told from one that cannot be read`() throws {
        #expect(throws: SecretError.missing("pepper")) { try secrets.read("pepper") }
        #expect(try secrets.readIfPresent("pepper") == nil)
        #expect(try secrets.readTextIfPresent("pepper") == nil)
        let elsewhere = SecretDirectory(path: path("nowhere"))
        #expect(throws: SecretError.missing("pepper")) { try elsewhere.read("pepper") }
        #expect {
            try elsewhere.make("pepper", [1])
        } throws: { error in
            if case SecretError.inaccessible("pepper", _) = error { true } else { false }
        }
    }

    @Test(arguments: [
        ("text\n", "text"), ("text", "text"), ("text\r\n", "text"), ("text\n\n", "text\n"), (" text ", " text "),
        ("\ntext", "\ntext"),
    ])
    func `text loses one newline at its end, as an editor adds it`(content: String, text: String) throws {
        try Data(content.utf8).write(to: folder.appending(path: "smtp-password"))
        #expect(try secrets.readText("smtp-password") == Array(text.utf8))
        #expect(try secrets.read("smtp-password") == Array(content.utf8))
    }

    @Test(arguments: [
        "", ".", "..", "../pepper", "a/b", "/etc/passwd", "Pepper", "pepper.txt", "pep_per", "pep per", "pepper\0", "é",
        String(repeating: "a", count: 65),
    ])
    func `any other name is refused`(name: String) {
        #expect(throws: SecretError.invalidName) { try secrets.read(name) }
        #expect(throws: SecretError.invalidName) { try secrets.make(name, [1]) }
    }

    @Test func `a link that leads out is not followed, neither for reading nor for making`() throws {
        let outside = folder.appending(path: "UPPER")
        try Data([1]).write(to: outside)
        try link("pepper", to: outside.path)
        try link("audit-key", to: "UPPER")
        try link("token-key", to: "..data/other")
        #expect(throws: SecretError.notAFile("pepper")) { try secrets.read("pepper") }
        #expect(throws: SecretError.notAFile("audit-key")) { try secrets.read("audit-key") }
        #expect(throws: SecretError.notAFile("token-key")) { try secrets.read("token-key") }
        #expect(throws: SecretError.alreadyThere("pepper")) { try secrets.make("pepper", [2]) }
        #expect(try Data(contentsOf: outside) == Data([1]))
    }

    @Test func `secrets are read where Kubernetes mounts them`() throws {
        let data = folder.appending(path: "..2026_01_01")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: false)
        try Data([7]).write(to: data.appending(path: "pepper"))
        try link("..data", to: "..2026_01_01")
        try link("pepper", to: "..data/pepper")
        #expect(try secrets.read("pepper") == [7])
    }

    @Test(arguments: ["/etc", "..", "../..", "..2026/..", "sub"])
    func `a mount whose data lie elsewhere is not read`(target: String) throws {
        try FileManager.default.createDirectory(at: folder.appending(path: "sub"), withIntermediateDirectories: false)
        try Data([7]).write(to: folder.appending(path: "sub/hostname"))
        try link("..data", to: target)
        try link("hostname", to: "..data/hostname")
        #expect(throws: SecretError.notAFile("hostname")) { try secrets.read("hostname") }
    }

    @Test func `folders, pipes and devices are no secrets`() throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: "folder"), withIntermediateDirectories: false)
        #expect(unsafe mkfifo(path("pipe"), 0o600) == 0)
        #expect(throws: SecretError.notAFile("folder")) { try secrets.read("folder") }
        #expect(throws: SecretError.notAFile("pipe")) { try secrets.read("pipe") }
    }

    @Test func `nothing and too much are refused`() throws {
        try Data().write(to: folder.appending(path: "empty"))
        try Data(count: 65_537).write(to: folder.appending(path: "huge"))
        #expect(throws: SecretError.badLength("empty")) { try secrets.read("empty") }
        #expect(throws: SecretError.badLength("huge")) { try secrets.read("huge") }
        #expect(throws: SecretError.badLength("empty")) { try secrets.make("empty", []) }
        #expect(throws: SecretError.badLength("new")) { try secrets.make("new", [UInt8](repeating: 1, count: 65_537)) }
        #expect(try secrets.readIfPresent("new") == nil)
    }

    @Test func `every refusal names the secret in one sentence`() {
        let errors: [SecretError] = [
            .missing("pepper"), .alreadyThere("pepper"), .notAFile("pepper"), .badLength("pepper"),
        ]
        #expect(errors.allSatisfy { $0.description.hasPrefix("the secret pepper ") })
    }

    private func path(_ name: String) -> String {
        folder.appending(path: name).path
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }
}

/// Makes a secret; leaves a file `won…` where that succeeded. Returns 0 where one is there afterwards.
private func makeOnce(in path: String) -> CInt {
    let secrets = SecretDirectory(path: path)
    let mine = Array("\(UUID())".utf8)
    do {
        try secrets.make("internal-key", mine)
        guard FileManager.default.createFile(atPath: "\(path)/won-\(UUID())", contents: nil) else { return 2 }
        return try secrets.read("internal-key") == mine ? 0 : 3
    } catch {
        return error == .alreadyThere("internal-key") ? 0 : 4
    }
}
