import Foundation
import Testing

/// `make install` and `make uninstall` on a single server.
@Suite struct InstallTests {
    let folder: ScratchFolder
    let environment: [String: String]

    init() throws {
        folder = try ScratchFolder()
        let programs = folder.path + "/programs"
        try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
        let listed = try Command("Gateway/Deploy/local/programs", ["stack.yml"]).output
        for name in listed.split(separator: "\n") {
            try FileManager.default.copyItem(atPath: "/usr/bin/true", toPath: programs + "/" + name)
        }
        environment = [
            "DESTDIR": folder.path + "/root", "PREFIX": "/opt/passerelle", "BINARIES": programs,
            "TOOLS_DIR": folder.path + "/none",
        ]
    }

    private func make(_ target: String) throws -> Command {
        try Command("make", ["--no-print-directory", target], environment: environment)
    }

    private var installed: [String] {
        folder.files.filter { $0.hasPrefix("root/") }.map { String($0.dropFirst(5)) }
    }

    @Test func `a server gets programs, pages, manual, service and settings, where the service looks for them`() throws
    {
        #expect(try make("install").status == 0)
        let files = installed
        for file in [
            "opt/passerelle/lib/passerelle/create-account", "opt/passerelle/lib/passerelle/passerelle",
            "opt/passerelle/share/passerelle/stack.yml", "opt/passerelle/share/passerelle/pages/openapi.json",
            "opt/passerelle/share/doc/passerelle/operators.md", "opt/passerelle/bin/passerelle",
            "opt/passerelle/sbin/passerelle-set-up", "opt/passerelle/lib/systemd/system/passerelle.service",
            "opt/passerelle/lib/sysusers.d/passerelle.conf", "etc/passerelle/passerelle.conf",
        ] {
            #expect(files.contains(file), "\(file)")
        }
        let unit = try String(
            contentsOfFile: folder.path + "/root/opt/passerelle/lib/systemd/system/passerelle.service", encoding: .utf8)
        for key in ["ExecStart=", "Environment=STACK=", "Environment=PAGES="] {
            let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix(key) })
            let path = try #require(line.dropFirst(key.count).split(separator: " ").first)
            #expect(folder.exists("root" + path), "\(path)")
        }
        #expect(unit.contains("\nUser=passerelle\n") && unit.contains("\nNoNewPrivileges=yes\n"))
    }

    @Test func `an upgrade replaces what is ours, drops what is gone, and leaves the settings alone`() throws {
        #expect(try make("install").status == 0)
        try folder.write("root/etc/passerelle/passerelle.conf", "PUBLIC_URL=https://accounts.example.org\n")
        try folder.write("root/opt/passerelle/lib/passerelle/former-function", "")
        #expect(try make("install").status == 0)
        let settings = try String(
            contentsOfFile: folder.path + "/root/etc/passerelle/passerelle.conf", encoding: .utf8)
        #expect(settings == "PUBLIC_URL=https://accounts.example.org\n")
        #expect(!folder.exists("root/opt/passerelle/lib/passerelle/former-function"))
        #expect(folder.exists("root/opt/passerelle/lib/passerelle/echo"))
    }

    @Test func `a removal leaves settings and data, and nothing else`() throws {
        #expect(try make("install").status == 0)
        try folder.write("root/var/lib/passerelle/secrets/pepper", "kept")
        #expect(try make("uninstall").status == 0)
        #expect(installed == ["etc/passerelle/passerelle.conf", "var/lib/passerelle/secrets/pepper"])
    }

    @Test func `nothing is put anywhere while a program is missing or a path is odd`() throws {
        try FileManager.default.removeItem(atPath: folder.path + "/programs/verify-login")
        let run = try make("install")
        #expect(run.status != 0 && run.output.contains("verify-login is missing"))
        let odd = try Command(
            "Gateway/Deploy/local/install", environment: environment.merging(["PREFIX": "/opt/a b|c"]) { $1 })
        #expect(odd.status == 64)
        #expect(installed.isEmpty)
    }

    private static let hasSystemd = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

    /// systemd's own rating goes from 0, where nothing is left to a service, to 100.
    @Test(.enabled(if: hasSystemd, "systemd is not installed"))
    func `systemd takes the service, and has little to say against it`() throws {
        #expect(try make("install").status == 0)
        let installed = folder.path + "/root/opt/passerelle"
        let unit = try String(contentsOfFile: installed + "/lib/systemd/system/passerelle.service", encoding: .utf8)
        try folder.write("passerelle.service", unit.replacing("/opt/passerelle", with: installed))
        let file = folder.path + "/passerelle.service"
        let verified = try Command("systemd-analyze", ["verify", file])
        #expect(verified.status == 0 && !verified.output.contains("passerelle.service:"), "\(verified.output)")
        let rated = try Command("systemd-analyze", ["security", "--offline=true", "--threshold=20", file])
        #expect(rated.status == 0, "\(rated.output.suffix(200))")
    }
}
