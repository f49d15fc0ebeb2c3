import Testing

@testable import GatewayStack

func stack(_ text: String, _ environment: [String: String] = [:]) throws(StackError) -> [FunctionDefinition] {
    try StackFile(parsing: Array(text.utf8), environment: environment).functions
}

/// A file with one function `a` whose lines are given, indented by four.
func function(_ lines: String..., environment: [String: String] = [:]) throws(StackError) -> FunctionDefinition {
    let text = "functions:\n  a:\n    lang: dockerfile\n" + lines.map { "    \($0)\n" }.joined()
    return try stack(text, environment)[0]
}

@Suite struct StackFileTests {
    @Test func `a file as OpenFaaS writes it is read whole`() throws {
        let functions = try stack(
            """
            version: 1.0
            provider: {name: openfaas, gateway: http://127.0.0.1:8080}
            functions:
              first:
                lang: dockerfile
                handler: ./first
                image: example/first:1
                fprocess: cat -u
                environment:
                  write_debug: true
                  LIMIT: 12
                  EMPTY:
                secrets: [one, two]
                labels: {com.openfaas.scale.min: 2, com.openfaas.scale.max: "5"}
                annotations: {topic: cron-function}
                limits: {memory: 128Mi, cpu: 500m}
                requests: {memory: 40m, cpu: 0.25}
                constraints: ["node.platform.os == linux"]
                readonly_root_filesystem: true
                something_new: [1, {a: b}]
              second: {}
            configuration:
              templates: [{name: x, source: y}]
            """)
        #expect(functions.map(\.name) == ["first", "second"])
        let first = functions[0]
        #expect(first.handler == "./first" && first.image == "example/first:1" && first.fprocess == "cat -u")
        #expect(first.environment == ["write_debug": "true", "LIMIT": "12", "EMPTY": ""])
        #expect(first.secrets == ["one", "two"])
        #expect(first.settings.minimum == 2 && first.settings.maximum == 5)
        #expect(first.limits == Resources(memory: 128 << 20, millicores: 500))
        #expect(first.requests == Resources(memory: 40 << 20, millicores: 250))
        #expect(first.hasReadOnlyRoot)
        #expect(functions[1].settings == FunctionSettings())
    }

    @Test func `anchors, aliases and merge keys mean what YAML says`() throws {
        let functions = try stack(
            """
            functions:
              a:
                environment: &shared {ONE: 1, TWO: 2}
              b:
                environment: *shared
              c:
                environment: {<<: *shared, TWO: other}
            """)
        #expect(functions[1].environment == ["ONE": "1", "TWO": "2"])
        #expect(functions[2].environment == ["ONE": "1", "TWO": "other"])
    }

    @Test func `variables of a named file win over those in the stack file`() throws {
        let text = "functions:\n  a:\n    environment: {ONE: 1, TWO: 2}\n    environment_file: [more.yml]\n"
        let file = try StackFile(parsing: Array(text.utf8), environment: ["X": "9"]) { path in
            path == "more.yml" ? Array("environment:\n  TWO: ${X}\n".utf8) : nil
        }
        #expect(file.functions[0].environment == ["ONE": "1", "TWO": "9"])
        #expect(throws: StackError.self) { try stack(text) }
    }

    @Test(arguments: [
        ("", "functions is missing"),
        ("# nothing\n", "functions is missing"),
        ("functions:\n", "line 1: functions is missing"),
        ("- a\n", "line 1: the file must be a mapping"),
        ("functions: 5\n", "line 1: functions must be a mapping"),
        ("functions:\n  a: {}\n  a: {}\n", "line 3: the key a stands there twice"),
        ("functions:\n  a: text\n", "line 2: functions.a must be a mapping"),
        ("provider: {name: other}\nfunctions:\n  a: {}\n", "line 1: provider.name must be openfaas"),
        ("functions:\n  a:\n    secrets: one\n", "line 3: functions.a.secrets must be a list of texts"),
        (
            "functions:\n  a:\n    secrets: [../key]\n",
            "line 3: functions.a.secrets must be a list of file names, not \"../key\""
        ),
        ("functions:\n  a:\n    image: [x]\n", "line 3: functions.a.image must be a text"),
        (
            "functions:\n  a:\n    environment:\n      X: \"a\\0b\"\n",
            "line 4: functions.a.environment.X must be a text without NUL"
        ),
        (
            "functions:\n  a:\n    environment:\n      A=B: c\n",
            "line 4: functions.a.environment.A=B must be named as a variable can be"
        ),
        (
            "functions:\n  a:\n    limits:\n      memory: lots\n",
            "line 4: functions.a.limits.memory must be an amount of memory such as 128Mi"
        ),
        ("functions:\n  a: {\n", "line 3: not valid YAML: did not find expected node content"),
        ("functions:\n  a: *nobody\n", "line 2: not valid YAML: no anchor named nobody"),
        ("functions:\n\ta: {}\n", "line 2: not valid YAML: found character that cannot start any token"),
        ("functions:\n  a:\n    image: \u{1}\n", "line 3: not valid YAML: control characters are not allowed"),
        (
            "functions:\n  a:\n    image: ${OPEN\n",
            "line 3: of the forms of ${…} only ${NAME} and ${NAME:-default} are known"
        ),
        ("functions:\n  a:\n    image: ${X:-\n", "line 4: a ${ is not closed"),
        ("functions:\n  a:\n    image: ${}\n", "line 3: a ${ is not followed by a variable's name"),
    ])
    func `a broken file is refused in one sentence with its line`(_ text: String, _ sentence: String) {
        let error = #expect(throws: StackError.self) { try stack(text) }
        #expect(error?.description == sentence)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        let bytes = Array("functions:\n  a: {image: ".utf8) + [0xc3, 0x28] + Array("}\n".utf8)
        #expect(throws: StackError.self) { try StackFile(parsing: bytes, environment: [:]) }
    }

    @Test(arguments: ["A", "a_b", "-a", "a-", "a.b", "../a", "a/b", "é", String(repeating: "a", count: 64)])
    func `a function's name is a DNS label`(_ name: String) {
        #expect(throws: StackError.self) { try stack("functions:\n  \"\(name)\": {}\n") }
    }

    @Test func `an alias bomb is refused before it is unfolded`() {
        var text = "x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n"
        for level in 1...30 {
            let list = Array(repeating: "*x\(level - 1)", count: 10).joined(separator: ", ")
            text += "x\(level): &x\(level) [\(list)]\n"
        }
        let error = #expect(throws: StackError.self) { try stack(text + "functions:\n  a: {}\n") }
        #expect(error?.reason == .bound("more than 20000 values"))
    }

    @Test func `depth and size are bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: StackError.self) { try stack("functions: \(deep)") }
        let long = "functions:\n  a: {}\n" + String(repeating: "#", count: StackFile.sizeLimit)
        #expect(throws: StackError(.bound("over 1048576 bytes"), line: 0)) { try stack(long) }
    }

    @Test func `a file cut anywhere is read or refused, never worse`() {
        let text = Array(
            "functions:\n  a: {environment: {X: \"${Y:-z}\"}, labels: &l {k: 'v'}, annotations: *l}\n".utf8)
        var read = 0
        for end in 0...text.count where (try? StackFile(parsing: Array(text[..<end]), environment: [:])) != nil {
            read += 1
        }
        #expect((1...4).contains(read))
    }
}
