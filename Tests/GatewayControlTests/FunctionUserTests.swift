import Foundation
import Testing

/// Functions of a gateway that is root.
@Suite(.serialized, .enabled(if: geteuid() == 0)) struct FunctionUserTests {
    private static let script = """
        #!/bin/sh
        id -u; id -G | wc -w; id -g
        cd "$secret_mount_path" && for name in *; do printf '%s=%s\n' "$name" "$(cat "$name")"; done
        for path in "$secret_mount_path/../other/two" "$SHARED/two" /proc/$PPID/environ; do
            if [ ! "$path" -ef "$secret_mount_path/two" ]; then cat "$path" 2>/dev/null && echo "reads $path"; fi
        done
        (echo x >"$secret_mount_path/one") 2>/dev/null && echo writes
        kill -0 $PPID 2>/dev/null && echo signals
        exit 0
        """

    /// Whom functions run as where nobody is named.
    private static let usual = number(of: "passerelle") ?? number(of: "nobody") ?? ""

    /// Whether this process may make mount namespaces, which takes more than being root in most containers.
    private static let mayMount: Bool = {
        let trial = Process()
        trial.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        trial.arguments = ["--mount", "true"]
        guard (try? trial.run()) != nil else { return false }
        trial.waitUntilExit()
        return trial.terminationStatus == 0
    }()

    private static func number(of name: String) -> String? {
        guard let entry = unsafe getpwnam(name) else { return nil }
        return unsafe String(entry.pointee.pw_uid)
    }

    private let folder = FileManager.default.temporaryDirectory.appending(path: "user-\(UUID().uuidString)")
    private var secrets: URL { folder.appending(path: "secrets") }
    private var program: String { folder.path + "/look" }

    /// A gateway over three secrets, whose folder is closed to all but root, with functions that look around.
    private func withGateway(
        _ environment: [String: String] = [:], _ body: (RunningGateway) throws -> Void
    ) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: secrets, withIntermediateDirectories: true)
        for name in ["one", "one-previous", "two", "may-be"] { try put(name, name) }
        try Data(Self.script.utf8).write(to: folder.appending(path: "look"))
        for (path, mode) in [(program, 0o755), (secrets.path, 0o700), (folder.path, 0o755)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        let shared = "environment: {SHARED: \(secrets.path)}"
        let stack = """
            functions:
              look:
                fprocess: \(program)
                secrets: [one]
                annotations: {passerelle.mode: one-shot, passerelle.optional-secrets: may-be never}
                \(shared)
              other: {fprocess: \(program), secrets: [two], annotations: {passerelle.mode: one-shot}, \(shared)}
              shell: {fprocess: /bin/sh, secrets: [one], annotations: {passerelle.mode: one-shot}}
              faulty-function: {secrets: [one]}
              ahead: {fprocess: faulty-function, annotations: {passerelle.mode: one-shot}}
            """
        let gateway = try RunningGateway(
            stack: stack, environment: environment.merging(["SECRETS": secrets.path]) { own, _ in own })
        defer { gateway.close() }
        try body(gateway)
    }

    private func put(_ name: String, _ content: String) throws {
        let path = secrets.appending(path: name)
        try Data(content.utf8).write(to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.path)
    }

    @Test func `a function is a user without rights, and its secrets are all that it can read`() throws {
        try withGateway { (gateway) throws in
            let seen = try lines(gateway, "look")
            #expect(seen.count == 6 && seen[0] == Self.usual && seen[1] == "1", "\(seen)")
            #expect(seen.dropFirst(3) == ["may-be=may-be", "one=one", "one-previous=one-previous"], "\(seen)")
            let other = try lines(gateway, "other")
            #expect(other.count == 4 && other[0] == Self.usual && other[2] != seen[2], "\(other)")
            #expect(other[3] == "two=two")
        }
    }

    @Test func `a secret that changes is the next call's, and one that is removed is gone`() throws {
        try withGateway { (gateway) throws in
            _ = try lines(gateway, "look")
            try put("one", "changed")
            #expect(try lines(gateway, "look").contains("one=changed"))
            try FileManager.default.removeItem(at: secrets.appending(path: "one-previous"))
            let left = try lines(gateway, "look")
            #expect(!left.contains { $0.hasPrefix("one-previous") } && left.contains("one=changed"), "\(left)")
        }
    }

    @Test(.enabled(if: Self.mayMount, "mount namespaces are not allowed here"))
    func `a function finds its own secrets, and no other's, at the path that every platform has`() throws {
        let known = "/var/openfaas/secrets"
        let script =
            "cd \(known) && for name in *; do echo $name=`cat $name`; done; touch x 2>/dev/null && echo bad; true"
        try withGateway { (gateway) throws in
            let seen = try gateway.ask("/function/shell", body: script)
            #expect(seen.status == 200 && seen.body == "one=one\none-previous=one-previous\n", "\(seen)")
            let pid = try gateway.ask("/function/faulty-function", body: "pid").body
            let own = "/proc/\(pid)/root\(known)"
            #expect(try FileManager.default.contentsOfDirectory(atPath: own).sorted() == ["one", "one-previous"])
            try put("one", "changed")
            let hasChanged = eventually { (try? String(contentsOfFile: own + "/one", encoding: .utf8)) == "changed" }
            #expect(hasChanged)
            #expect(!FileManager.default.fileExists(atPath: known + "/one-previous"))
        }
    }

    @Test func `a worker has no rights, and its secrets go with the gateway`() throws {
        try withGateway { (gateway) throws in
            let pid = try gateway.ask("/function/faulty-function", body: "pid").body
            let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            for line in [
                "Uid:" + String(repeating: "\t" + Self.usual, count: 4), "NoNewPrivs:\t1", "CapPrm:\t0000000000000000",
                "CapEff:\t0000000000000000", "Seccomp:\t2", "Groups:\t \n",
            ] {
                #expect(status.contains(line), "\(line) \(status)")
            }
            let secrets = try gateway.ask("/function/faulty-function", body: "variable secret_mount_path").body
            #expect(FileManager.default.fileExists(atPath: secrets + "/one"), "\(secrets)")
            #expect(gateway.end(SIGTERM) == 0)
            #expect(!FileManager.default.fileExists(atPath: secrets))
        }
    }

    @Test func `the template of calls' processes is closed to their user, and they are not`() throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.ask("/function/ahead", body: "well").body == "well")
            let started = gateway.log.first {
                $0["function"] as? String == "ahead" && $0["what"] as? String == "started"
            }
            let template = Int32(try #require(started?["process"] as? Int))
            let status = try String(contentsOfFile: "/proc/\(template)/status", encoding: .utf8)
            #expect(status.contains("Uid:\t\(Self.usual)\t"), "\(status)")
            #expect(owner(template) == 0)
            let areOpen = eventually { gateway.children.count(where: { owner($0) == UInt32(Self.usual) }) >= 3 }
            #expect(areOpen)
        }
    }

    /// Whom the kernel lets look into a process.
    private func owner(_ pid: Int32) -> UInt32? {
        var status = stat()
        return unsafe stat("/proc/\(pid)/environ", &status) == 0 ? status.st_uid : nil
    }

    @Test func `what a killed gateway left is removed by the next`() throws {
        var left = ""
        try withGateway { (gateway) throws in
            left = try gateway.ask("/function/faulty-function", body: "variable secret_mount_path").body
            _ = gateway.end(SIGKILL)
        }
        // Gateways of other tests that start meanwhile may have removed it already.
        #expect(left.hasPrefix("/run/passerelle/"), "\(left)")
        try withGateway { (gateway) throws in
            #expect(!FileManager.default.fileExists(atPath: left))
            #expect(try gateway.ask("/function/faulty-function", body: "well").body == "well")
        }
    }

    @Test func `a program in a folder that is closed to the user runs all the same`() throws {
        let closed = folder.appending(path: "closed")
        try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(
            atPath: RunningGateway.products + "/faulty-function", toPath: closed.path + "/faulty-function")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed.path)
        let gateway = try RunningGateway(
            stack: "functions: {faulty-function: {}}", environment: ["FUNCTIONS": closed.path])
        defer { gateway.close() }
        let pid = try gateway.ask("/function/faulty-function", body: "pid").body
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        #expect(status.contains("Uid:\t\(Self.usual)\t"), "\(status)")
    }

    @Test(arguments: [("61001", "61001"), ("root", "0")])
    func `whoever is named runs them`(_ name: String, _ number: String) throws {
        try withGateway(["FUNCTION_USER": name, "FUNCTION_SECCOMP": "off"]) { (gateway) throws in
            #expect(try lines(gateway, "look").first == number)
            let pid = try gateway.ask("/function/faulty-function", body: "pid").body
            #expect(try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).contains("Seccomp:\t0"))
            #expect(
                gateway.log.contains { $0["event"] as? String == (number == "0" ? "functions.root" : "functions.user") }
            )
        }
    }

    @Test(arguments: ["no-such-user-here", "0", "4294967295"])
    func `whom nobody knows is refused`(_ user: String) throws {
        let environment = ["FUNCTION_USER": user]
        #expect(throws: RunningGateway.StartError.self) {
            _ = try RunningGateway(stack: "functions: {faulty-function: {}}", environment: environment)
        }
    }

    private func lines(_ gateway: RunningGateway, _ function: String) throws -> [String] {
        let answer = try gateway.ask("/function/\(function)", body: "x")
        #expect(answer.status == 200, "\(answer)")
        return answer.body.split(separator: "\n").map(String.init)
    }
}
