import Testing

/// What faas-cli reads of stack.yml, and what it builds and deploys by it.
@Suite struct StackTests {
    let stack: YAML
    let functions: [String: YAML]

    init() throws {
        stack = try YAML.document("stack.yml")
        functions = stack["functions"].table
    }

    @Test func `every function is a program of the package, and every program a function`() throws {
        let programs = try Repository.text("Package.swift").matches(of: /executable\(\s*"Functions\/([a-zA-Z\/-]+)"/)
            .map { String($0.output.1.split(separator: "/").last ?? "") }
        #expect(programs.count > 10)
        #expect(Set(functions.keys) == Set(programs).subtracting(["set-up"]))
    }

    @Test func `every function says which one its image holds, and is built from the common Dockerfile`() {
        for (name, function) in functions {
            #expect(function["lang"].text == "dockerfile", "\(name)")
            #expect(function["handler"].text == "./Gateway/Deploy", "\(name): see the other functions of stack.yml")
            #expect(function["build_args", "FUNCTION"].text == name, "\(name): see the other functions of stack.yml")
            #expect(function["image"].text?.hasSuffix("/\(name):${TAG:-latest}") == true, "\(name)")
            #expect(function["readonly_root_filesystem"] == .flag(true), "\(name)")
        }
    }

    @Test func `the script that lists programs reads the same functions`() throws {
        let listed = try Command("Gateway/Deploy/local/programs", ["stack.yml"])
        #expect(listed.status == 0)
        #expect(
            Set(listed.output.split(separator: "\n").map(String.init))
                == Set(functions.keys).union(["passerelle", "set-up"]))
    }

    @Test func `what the schedule alone may call is marked, and holds the key that says so elsewhere`() {
        for (name, function) in functions where function["annotations", "passerelle.internal"].text == "true" {
            #expect(function["secrets"].texts.contains("internal-key"), "\(name)")
            #expect(function["annotations", "passerelle.async"] == .null, "\(name)")
        }
    }
}
