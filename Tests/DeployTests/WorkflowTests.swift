import Foundation
import Testing

/// What runs on the platform that hosts the repository.
@Suite struct WorkflowTests {
    let workflows: [(file: String, documents: [YAML])]

    init() throws {
        workflows = try YAML.documents(Repository.files(below: ".github/workflows", named: ".yml"))
    }

    private var documents: [YAML] { workflows.flatMap(\.documents) }

    private var jobs: [String: YAML] {
        documents.reduce(into: [:]) { $0.merge($1["jobs"].table) { $1 } }
    }

    private var steps: [YAML] { jobs.values.flatMap { $0["steps"].list } }
    private var scripts: [String] { steps.compactMap { $0["run"].text } }

    @Test func `there are checks, and a deployment after them`() {
        #expect(workflows.count == 2)
        #expect(jobs["deploy"]?["needs"].text == "images" && jobs["images"]?["needs"].text == "check")
        #expect(jobs["check"]?["uses"].text == "./.github/workflows/ci.yml")
    }

    @Test func `what they run is there`() throws {
        let makefile = try Repository.text("Makefile")
        let texts = try scripts + [Repository.text(".ci/run")]
        for match in texts.joined(separator: "\n").matches(of: /make (?:--[a-z-]+ )*([a-z]+)/) {
            #expect(makefile.contains("\n\(match.output.1):"), "make \(match.output.1)")
        }
        var programs = 0
        for match in texts.joined(separator: "\n").matches(of: /(?:\.ci|Gateway\/Deploy\/local)\/[a-z-]+/) {
            programs += 1
            #expect(
                FileManager.default.isExecutableFile(atPath: Repository.path(String(match.output))), "\(match.output)")
        }
        #expect(programs >= 4)
    }

    @Test func `others' actions are pinned`() {
        let used = steps.compactMap { $0["uses"].text }
        #expect(used.count >= 3)
        for action in used {
            #expect(action.wholeMatch(of: /[a-z-]+\/[a-z-]+@(v[0-9]+|[0-9a-f]{40})/) != nil, "\(action)")
        }
    }

    @Test func `each job may do what it needs, and no more`() {
        for document in documents { #expect(document["permissions"] == .table(["contents": .text("read")])) }
        for (name, job) in jobs where name != "images" { #expect(job["permissions"] == .null, "\(name)") }
        #expect(
            jobs["images"]?["permissions"] == .table(["contents": .text("read"), "packages": .text("write")]))
        #expect(jobs["deploy"]?["environment", "name"].text == "production")
        for job in jobs.values where job["steps"] != .null { #expect(job["timeout-minutes"] != .null) }
        for step in steps where step["uses"].text?.hasPrefix("actions/checkout") == true {
            #expect(step["with", "persist-credentials"] == .flag(false))
        }
    }

    @Test func `no secret, and nothing that strangers write, is put into a script`() {
        #expect(scripts.count > 5)
        for script in scripts {
            #expect(!script.contains("${{"), "\(script)")
            #expect(!script.contains("set -x") && !script.contains("--password "), "\(script)")
        }
    }

    @Test func `a deployment ends where the platform has not all secrets`() throws {
        let names = try YAML.document("stack.yml")["functions"].table.values.flatMap { $0["secrets"].texts }
        let all = Set(names).sorted()
        #expect(all.contains("master-key"))
        #expect(try missing(among: all) == "0 ")
        let fewer = all.filter { $0 != "pepper" && $0 != "token-key" }
        #expect(
            try missing(among: fewer) == "78 secrets: these are not on the platform:\npepper\ntoken-key\n")
    }

    /// The status and words of the script that looks, where the platform has these secrets.
    private func missing(among there: [String]) throws -> String {
        let folder = try ScratchFolder()
        try folder.write("faas-cli", "#!/bin/sh\nprintf '\\nNAME\\n'\nprintf '%s\\n' \(there.joined(separator: " "))\n")
        try Command("chmod", ["+x", folder.path + "/faas-cli"])
        let run = try Command(
            "Gateway/Deploy/local/missing-secrets", ["stack.yml"],
            environment: ["PATH": folder.path + ":" + Program.searchPath])
        return "\(run.status) \(run.output)"
    }
}
