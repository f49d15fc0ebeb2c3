import Foundation
import Testing

@Suite struct SystemTests {
    private func withGateway(_ body: (AdministeredGateway) throws -> Void) throws {
        let gateway = try AdministeredGateway()
        defer { gateway.close() }
        try body(gateway)
    }

    @Test func `nobody gets in without the administrator's name and password`() throws {
        try withGateway { (gateway) throws in
            let wrong = [
                [], ["-u", "admin:wrong"], ["-u", "admin:"], ["-u", "other:s3cret:with colon"],
                ["-u", "admin:s3cret:with colo"], ["-H", "Authorization: Basic !!"], ["-H", "Authorization: Bearer x"],
                ["-H", "Authorization: Basic"], ["-u", "admin:s3cret:with colon", "-H", "Authorization: Basic YTpi"],
            ]
            for path in ["/system/functions", "/system/info", "/system/nothing", "/system/secrets"] {
                for (index, arguments) in wrong.enumerated() {
                    let answer = try gateway.gateway.ask(path, arguments: arguments)
                    #expect(answer.status == 401 && answer.problem == "unauthorized", "\(path) \(index)")
                    #expect(answer.fields["www-authenticate"] == "Basic realm=\"passerelle\"")
                }
                #expect(try gateway.ask("GET", path).status == (path == "/system/nothing" ? 404 : 200))
            }
        }
    }

    @Test func `it says what it is, as faas-cli version asks`() throws {
        try withGateway { (gateway) throws in
            let info = try #require(gateway.json("/system/info") as? [String: Any])
            let provider = try #require(info["provider"] as? [String: Any])
            #expect(provider["provider"] as? String == "passerelle" && provider["orchestration"] as? String != nil)
            for versions in [info["version"], provider["version"]] {
                let version = try #require(versions as? [String: Any])
                #expect(version["release"] as? String == "0.1.0" && version["sha"] as? String != nil)
            }
            #expect(info["arch"] as? String == "x86_64")
            #expect(try gateway.json("/system/namespaces") as? [String] == ["openfaas-fn"])
        }
    }

    @Test func `the functions are listed and described with all that faas-cli shows`() throws {
        try withGateway { (gateway) throws in
            _ = try gateway.call("plain", "well")
            _ = try gateway.call("plain", "exit 3")
            let list = try #require(gateway.json("/system/functions?namespace=openfaas-fn") as? [[String: Any]])
            #expect(list.map { $0["name"] as? String } == ["guarded", "once", "plain"])
            let other = try gateway.json("/system/functions?namespace=other") as? [Any]
            #expect(other?.isEmpty == true)
            let plain = try gateway.function("plain")
            #expect(plain["image"] as? String == "registry.example/plain:latest")
            #expect(plain["envProcess"] as? String == "faulty-function")
            #expect(plain["namespace"] as? String == "openfaas-fn")
            #expect(plain["invocationCount"] as? Int == 2)
            #expect((plain["labels"] as? [String: String])?["team"] == "red")
            #expect((plain["annotations"] as? [String: String])?["note"] == "kept")
            let variables = plain["envVars"] as? [String: String]
            #expect(variables?["COLOUR"] == "blue" && variables?["MAIL"] == "smtp://***@mail.example/x")
            #expect((plain["limits"] as? [String: String]) == ["memory": "134217728", "cpu": "100m"])
            #expect(plain["requests"] is NSNull && plain["readOnlyRootFilesystem"] as? Bool == false)
            #expect((plain["createdAt"] as? String)?.hasSuffix("Z") == true)
            let isThere = try eventually {
                let plain = try gateway.function("plain")
                let memory = (plain["usage"] as? [String: Any])?["totalMemoryBytes"] as? Int ?? 0
                return plain["replicas"] as? Int == 1 && plain["availableReplicas"] as? Int == 1 && memory > 100_000
            }
            #expect(isThere)
            #expect(try gateway.ask("GET", "/system/function/plain.openfaas-fn").status == 200)
            for path in ["/system/function/none", "/system/function/plain?namespace=other"] {
                #expect(try gateway.ask("GET", path).problem == "not-found")
            }
        }
    }

    @Test(arguments: [
        ("GET", "/system/functions?colour=blue", 400), ("GET", "/system/info?x", 400),
        ("GET", "/system/functions?namespace=a&namespace=b", 400), ("GET", "/system/logs", 400),
        ("GET", "/system/logs?name=plain&tail=x", 400), ("GET", "/system/logs?name=plain&since=yesterday", 400),
        ("GET", "/system/logs?name=none", 404), ("PATCH", "/system/functions", 405), ("POST", "/system/info", 405),
        ("GET", "/system/scale-function/plain", 405), ("GET", "/system/function/", 404), ("GET", "/system/", 404),
        ("POST", "/system/functions", 400), ("GET", "/system/calls", 404),
    ])
    func `what does not fit the address is refused`(_ method: String, _ path: String, _ status: Int) throws {
        try withGateway { (gateway) throws in
            let answer = try gateway.ask(method, path, method == "POST" ? "[]" : nil)
            #expect(answer.status == status && answer.problem != nil, "\(answer)")
        }
    }

    @Test func `a function is scaled to none and back`() throws {
        try withGateway { (gateway) throws in
            let first = try gateway.call("plain", "pid").body
            let body = #"{"serviceName":"plain","replicas":"#
            #expect(try gateway.ask("POST", "/system/scale-function/plain", body + "0}").status == 202)
            let isGone = try eventually {
                try gateway.function("plain")["availableReplicas"] as? Int == 0 && !isAlive(Int32(first) ?? 0)
            }
            #expect(isGone)
            let next = try gateway.call("plain", "pid")
            #expect(next.status == 200 && next.body != first)
            #expect(try gateway.ask("POST", "/system/scale-function/plain", body + "2}").status == 202)
            let areTwo = try eventually { try gateway.function("plain")["availableReplicas"] as? Int == 2 }
            #expect(areTwo)
            for bad in ["-1}", "\"2\"}", "2,\"replicas\":3}", "1.5}", "100000}"] {
                #expect(try gateway.ask("POST", "/system/scale-function/plain", body + bad).status == 400)
            }
            #expect(try gateway.ask("POST", "/system/scale-function/none", "{\"replicas\":1}").status == 404)
        }
    }
}
