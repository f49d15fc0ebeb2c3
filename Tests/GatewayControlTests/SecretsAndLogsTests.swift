import Foundation
import Testing

@testable import GatewayControl

@Suite struct SecretsAndLogsTests {
    private func withGateway(_ body: (AdministeredGateway) throws -> Void) throws {
        let gateway = try AdministeredGateway()
        defer { gateway.close() }
        try body(gateway)
    }

    @Test func `secrets are made, changed and removed, and only their names are shown`() throws {
        try withGateway { (gateway) throws in
            let file = gateway.folder.appending(path: "secrets/api-key")
            let body = #"{"name":"api-key","namespace":"openfaas-fn","value":"first"}"#
            #expect(try gateway.ask("PUT", "/system/secrets", body).status == 404)
            #expect(try gateway.ask("POST", "/system/secrets", body).status == 201)
            #expect(try String(contentsOf: file, encoding: .utf8) == "first")
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try gateway.ask("POST", "/system/secrets", body).problem == "conflict")
            let raw = #"{"name":"api-key","value":"","rawValue":"AP9z"}"#
            #expect(try gateway.ask("PUT", "/system/secrets", raw).status == 200)
            #expect(try Data(contentsOf: file) == Data([0, 255, 115]))
            let list = try gateway.json("/system/secrets?namespace=openfaas-fn") as? [[String: String]]
            #expect(list?.map { $0["name"] } == ["api-key", "basic-auth-password", "basic-auth-user", "pepper"])
            #expect(list?.allSatisfy { $0.count == 2 && $0["namespace"] == "openfaas-fn" } == true)
            let name = #"{"name":"api-key","namespace":"openfaas-fn"}"#
            #expect(try gateway.ask("DELETE", "/system/secrets", name).status == 202)
            #expect(try gateway.ask("DELETE", "/system/secrets", name).status == 404)
            #expect(!FileManager.default.fileExists(atPath: file.path))
        }
    }

    @Test(arguments: [
        "master-key", "master-key-previous", "pepper", "audit-key", "internal-key", "webhook-key", "token-key",
        "basic-auth-user", "basic-auth-password", "mongodb-uri", "pepper-previous", "audit-key-previous",
        "token-key-previous", "kms", "smtp-password", "backup-store", "backup-public-key", "webhook-key-previous",
    ])
    func `the installation's own secrets are not changed here`(_ name: String) throws {
        try withGateway { (gateway) throws in
            for method in ["POST", "PUT", "DELETE"] {
                let answer = try gateway.ask(method, "/system/secrets", #"{"name":"\#(name)","value":"x"}"#)
                #expect(answer.status == 403 && answer.problem == "forbidden", "\(method)")
            }
            #expect(try gateway.ask("GET", "/system/info").status == 200)
        }
    }

    @Test func `secrets are those of the namespaces that there are`() throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.ask("GET", "/system/secrets?namespace=elsewhere").body == "[]")
            for method in ["POST", "PUT", "DELETE"] {
                let body = #"{"name":"api-key","namespace":"elsewhere","value":"x"}"#
                #expect(try gateway.ask(method, "/system/secrets", body).problem == "not-found", "\(method)")
            }
            #expect(!FileManager.default.fileExists(atPath: gateway.folder.path + "/secrets/api-key"))
            let body = #"{"name":"api-key","namespace":"","value":"x"}"#
            #expect(try gateway.ask("POST", "/system/secrets", body).status == 201)
        }
    }

    @Test(arguments: [
        #"{"name":"../x","value":"y"}"#, #"{"name":"a/b","value":"y"}"#, #"{"name":".x","value":"y"}"#,
        #"{"name":"","value":"y"}"#, #"{"name":"x"}"#, #"{"name":"x","rawValue":"?"}"#, #"{"name":{"$gt":""}}"#,
        #"{"name":"x","value":"y","z":1}"#, "", "[]",
    ])
    func `a secret without a fit name and content is refused`(_ body: String) throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.ask("POST", "/system/secrets", body).problem == "invalid-request")
        }
    }

    @Test func `a function's lines are given as they are asked for, and followed`() throws {
        try withGateway { (gateway) throws in
            let pid = try gateway.call("plain", "pid").body
            for word in ["one", "two", "three"] { _ = try gateway.call("plain", "say " + word) }
            let hasThree = try eventually { try gateway.lines("?name=plain").contains { $0["text"] == "three" } }
            #expect(hasThree)
            let lines = try gateway.lines("?name=plain&namespace=openfaas-fn&follow=false&tail=-1")
            #expect(lines.map { $0["text"] ?? "" } == ["process started", "one", "two", "three"])
            #expect(lines.allSatisfy { $0["instance"] == pid && $0["name"] == "plain" && $0.count == 5 })
            #expect(try gateway.lines("?name=plain&tail=2").map { $0["text"] ?? "" } == ["two", "three"])
            #expect(try gateway.lines("?name=plain&since=2999-01-01T00:00:00Z").isEmpty)
            #expect(try gateway.lines("?name=plain&since=2020-01-01T01:00:00%2B01:00").count == 4)
            #expect(try gateway.lines("?name=plain&instance=1").isEmpty)
            #expect(try gateway.lines("?name=once").isEmpty)
            let follower = Process()
            follower.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
            follower.arguments = [
                "-sN", "-u", "admin:s3cret:with colon",
                gateway.gateway.address + "/system/logs?name=plain&follow=true&tail=1",
            ]
            let output = gateway.folder.appending(path: "followed")
            try Data().write(to: output)
            follower.standardOutput = try FileHandle(forWritingTo: output)
            try follower.run()
            let said = { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
            let hasBegun = eventually { said().contains("\"three\"") }
            _ = try gateway.call("plain", "say four")
            let hasFour = eventually { said().contains("\"four\"") }
            #expect(hasBegun && hasFour && !said().contains("\"two\""))
            #expect(gateway.gateway.end(SIGTERM) == 0)
            follower.waitUntilExit()
            #expect(follower.terminationStatus == 0)
        }
    }
}

extension AdministeredGateway {
    func lines(_ query: String) throws -> [[String: String]] {
        let answer = try ask("GET", "/system/logs" + query)
        return answer.body.split(separator: "\n").compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: String]
        }
    }
}
