import Foundation
import Testing

@Suite struct DeploymentTests {
    private func withGateway(_ body: (AdministeredGateway) throws -> Void) throws {
        let gateway = try AdministeredGateway()
        defer { gateway.close() }
        try body(gateway)
    }

    /// What faas-cli sends for a function of a stack file.
    private func deployment(_ name: String, _ more: String = "") -> String {
        #"{"service":"\#(name)","image":"registry.example/\#(name):7","namespace":"","envProcess":"#
            + #""faulty-function","constraints":null,"limits":{"memory":"128Mi"},"readOnlyRootFilesystem":false"# + more
            + "}"
    }

    @Test func `a deployment changes variables and labels, and nothing in flight is lost`() throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.call("plain", "variable COLOUR").body == "blue")
            let slow = Process()
            slow.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
            slow.arguments = ["-s", "-d", "sleep 800", gateway.gateway.address + "/function/plain"]
            let output = Pipe()
            slow.standardOutput = output
            try slow.run()
            usleep(200_000)
            let more = #","envVars":{"COLOUR":"red"},"labels":{"team":"blue"},"annotations":{"note":"new"}"#
            let put = try gateway.ask("PUT", "/system/functions", deployment("plain", more))
            #expect(put.status == 200 && put.body.isEmpty, "\(put)")
            #expect(try gateway.call("plain", "variable COLOUR").body == "red")
            let plain = try gateway.function("plain")
            #expect((plain["labels"] as? [String: String]) == ["team": "blue"])
            #expect((plain["annotations"] as? [String: String]) == ["note": "new", "passerelle.async": "true"])
            #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "slept")
            #expect(try gateway.ask("POST", "/system/functions", deployment("plain")).status == 202)
            #expect(try gateway.call("plain", "variable COLOUR").body == "blue")
        }
    }

    @Test func `a function that was removed takes calls again once it is deployed`() throws {
        try withGateway { (gateway) throws in
            let pid = Int32(try gateway.call("plain", "pid").body) ?? 0
            let removal = #"{"functionName":"plain","namespace":"openfaas-fn"}"#
            #expect(try gateway.ask("DELETE", "/system/functions", removal).status == 202)
            #expect(try gateway.call("plain", "well").problem == "not-found")
            #expect(try gateway.ask("GET", "/system/function/plain").status == 404)
            #expect(try gateway.ask("DELETE", "/system/functions", removal).status == 404)
            let isGone = eventually { !isAlive(pid) }
            #expect(isGone)
            #expect(try gateway.ask("PUT", "/system/functions", deployment("plain")).status == 404)
            #expect(try gateway.ask("POST", "/system/functions", deployment("plain")).status == 202)
            #expect(try gateway.call("plain", "well").body == "well")
        }
    }

    @Test(arguments: [
        ("plain", #","envVars":{"LD_PRELOAD":"/tmp/x.so"}"#, 403), ("plain", #","envVars":{"LD_X":""}"#, 403),
        ("plain", #","annotations":{"passerelle.async":"false"}"#, 403),
        ("plain", #","annotations":{"passerelle.internal":"true"}"#, 403),
        ("plain", #","secrets":["pepper"]"#, 403), ("guarded", #","envVars":{"COLOUR":"red"}"#, 403),
        ("guarded", #","envVars":{"X":"1","COLOUR":"green"}"#, 403), ("guarded", #","annotations":{"a":"b"}"#, 403),
        ("guarded", #","secrets":["other"]"#, 403), ("guarded", #","envVars":{"COLOUR":"green"}"#, 202),
        ("guarded", #","labels":{"com.openfaas.scale.max":"3"}"#, 202), ("plain", #","colour":"blue"}"#, 400),
        ("plain", #","envVars":{"exec_timeout":"soon"}"#, 400), ("plain", #","envVars":{"a b":"c"}"#, 400),
        ("plain", #","envVars":{"A":5}"#, 400), ("plain", #","service":"plain""#, 400), ("other", "", 400),
        ("plain", #","labels":{"com.openfaas.scale.min":"3","com.openfaas.scale.max":"2"}"#, 400),
    ])
    func `what is no business of a deployment is refused, and changes nothing`(
        _ name: String, _ more: String, _ status: Int
    ) throws {
        try withGateway { (gateway) throws in
            var body = deployment(name, more)
            if name != "plain" { body = body.replacing("\"image\":\"registry.example/\(name):7\",", with: "") }
            let before = try gateway.ask("GET", "/system/function/\(name)").body
            let answer = try gateway.ask("POST", "/system/functions", body)
            #expect(answer.status == status, "\(answer)")
            guard status >= 400 else { return }
            #expect(answer.problem == (status == 403 ? "forbidden" : "invalid-request"))
            guard name != "other" else { return }
            let after = try gateway.ask("GET", "/system/function/\(name)").body
            #expect(after.contains("\"name\"") && described(after) == described(before))
        }
    }

    @Test(arguments: [
        (#"{"service":"plain","envProcess":"/bin/sh -c id"}"#, 403), (#"{"service":"plain","image":"nginx"}"#, 400),
        (#"{"service":"plain","image":"a/plain@sha256:00"}"#, 202), (#"{"service":"plain","namespace":"x"}"#, 404),
    ])
    func `another program, image or namespace is refused`(_ body: String, _ status: Int) throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.ask("POST", "/system/functions", body).status == status)
        }
    }

    /// The parts of a status that do not change by themselves.
    private func described(_ text: String) -> NSDictionary? {
        let json = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
        return json.map {
            NSDictionary(dictionary: $0.filter { ["envVars", "labels", "annotations"].contains($0.key) })
        }
    }
}
