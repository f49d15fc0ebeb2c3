import Foundation
import Testing

/// The images' files, as far as they can be made without Docker.
@Suite struct ImageTests {
    /// What `faas-cli build --shrinkwrap` does for `lang: dockerfile`: the handler's folder, but for what is named
    /// `build` or `template` at its top, then each path of `configuration.copy` under its own name.
    private func shrinkWrap(_ function: YAML, _ stack: YAML) throws -> ScratchFolder {
        let context = try ScratchFolder()
        let manager = FileManager.default
        let handler = try #require(function["handler"].text)
        for name in try manager.contentsOfDirectory(atPath: Repository.path(handler))
        where !["build", "template"].contains(name) {
            try manager.copyItem(atPath: Repository.path(handler + "/" + name), toPath: context.path + "/" + name)
        }
        for path in stack["configuration", "copy"].texts {
            try manager.copyItem(atPath: Repository.path(path), toPath: context.path + "/" + path)
        }
        return context
    }

    /// The sources of the Dockerfile's COPY lines that come from outside.
    private func copied() throws -> [String] {
        try Repository.lines("Gateway/Deploy/Dockerfile").filter { $0.hasPrefix("COPY ") && !$0.contains("--from=") }
            .flatMap { $0.split(separator: " ").dropFirst().dropLast().map(String.init) }
    }

    @Test func `the folder that faas-cli makes for a build holds all that the image is made of`() throws {
        let stack = try YAML.document("stack.yml")
        let context = try shrinkWrap(stack["functions", "create-account"], stack)
        #expect(context.exists("Dockerfile"))
        let sources = try copied()
        #expect(sources.contains("Package.swift") && sources.contains("Functions"))
        for source in sources { #expect(context.exists(source), "\(source) is not in the context") }
        for hidden in [".git", ".data", ".build", ".tools"] { #expect(!context.exists(hidden)) }
    }

    @Test func `the package can be built from that folder alone`() throws {
        let stack = try YAML.document("stack.yml")
        let context = try shrinkWrap(stack["functions", "echo"], stack)
        let run = try Command(
            "swift", ["package", "--scratch-path", context.path + "/.build", "describe", "--type", "json"],
            environment: ["PASSERELLE_WITHOUT_TESTS": "1"], in: context.path)
        #expect(run.status == 0, "\(run.output.suffix(2000))")
        #expect(run.output.contains("\"create-account\"") && !run.output.contains("DeployTests"))
    }

    @Test func `Docker is sent what the image is made of, and no secret`() throws {
        let rules = try Repository.lines(".dockerignore").filter { !$0.isEmpty && !$0.hasPrefix("#") }
        #expect(rules.first == "*")
        let sent = Set(rules.dropFirst().map { $0.dropFirst() })
        #expect(rules.dropFirst().allSatisfy { $0.hasPrefix("!") })
        for source in try copied() { #expect(sent.contains(source.prefix { $0 != "/" }), "\(source)") }
        #expect(sent.isSubset(of: ["Package.swift", "stack.yml", "Functions", "Gateway"]))
    }

    @Test func `an image holds its programs, and of Debian the libraries that they need`() throws {
        let folder = try ScratchFolder()
        try standIn(for: ["passerelle", "echo"], in: folder)
        let run = try Command(
            "Gateway/Deploy/containers/assemble", [folder.path + "/programs", folder.path + "/image", "echo"])
        #expect(run.status == 0, "\(run.output)")
        let files = folder.files.filter { $0.hasPrefix("image/") }
        #expect(files.contains("image/usr/local/bin/echo") && files.contains("image/usr/local/bin/passerelle"))
        #expect(files.contains("image/usr/local/libexec/passerelle/healthy"))
        #expect(files.contains { $0.hasSuffix("/liboath.so.0") })
        #expect(files.contains("image/var/lib/dpkg/status.d/liboath0"))
        #expect(files.contains("image/usr/share/doc/liboath0/copyright"))
        #expect(!files.contains { $0.contains("libc.so") || $0.contains("ld-linux") })
    }

    @Test(arguments: ["../echo", "no-such-function", ""])
    func `no image is made of what is no function`(name: String) throws {
        let folder = try ScratchFolder()
        try standIn(for: ["passerelle", "echo"], in: folder)
        let run = try Command(
            "Gateway/Deploy/containers/assemble", [folder.path + "/programs", folder.path + "/image", name])
        #expect(run.status != 0)
        #expect(!folder.exists("image"))
    }

    /// Debian's oathtool, which the tests need anyway, in the place of programs that were built.
    private func standIn(for programs: [String], in folder: ScratchFolder) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.path + "/programs", withIntermediateDirectories: true)
        for name in programs {
            try manager.copyItem(atPath: "/usr/bin/oathtool", toPath: folder.path + "/programs/" + name)
        }
    }
}
