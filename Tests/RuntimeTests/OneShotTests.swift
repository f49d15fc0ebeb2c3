import Foundation
import Testing
import Wire

@Suite struct OneShotTests {
    @Test(arguments: [
        [], Array("{\"a\": 1}\n".utf8), Array(UInt8.min...UInt8.max), [UInt8](repeating: 0, count: 65_536),
    ])
    func `the answer is the bare content`(_ body: [UInt8]) throws {
        let ending = try EchoProcess.run(["Http_Method": "POST"], body: body)
        #expect(ending.status == 0)
        #expect(ending.output == body)
        #expect(ending.errors.isEmpty)
    }

    @Test func `on request the answer begins with a header block`() throws {
        let variables = ["FUNCTION_REPLY": "cgi", "Http_Method": "PUT", "Http_Content_Type": "text/plain"]
        let ending = try EchoProcess.run(variables, body: Array("hi\n".utf8))
        #expect(ending.status == 0)
        #expect(ending.text == "Status: 200\ncontent-type: text/plain\nx-content-type-options: nosniff\n\nhi\n")
    }

    @Test func `without a watchdog the input is the JSON content of a POST`() throws {
        let ending = try EchoProcess.run(["FUNCTION_REPLY": "cgi"], body: Array("{}".utf8))
        #expect(ending.text.hasPrefix("Status: 200\ncontent-type: application/json\n"))
    }

    @Test func `a header value cannot add a line to the header block`() throws {
        let variables = ["FUNCTION_REPLY": "cgi", "Http_Method": "POST", "Http_Content_Type": "a/b\nStatus: 500"]
        let ending = try EchoProcess.run(variables)
        #expect(ending.text == "Status: 200\nx-content-type-options: nosniff\n\n")
    }

    @Test func `content that is too long is answered as such`() throws {
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 11)
        let variables = ["FUNCTION_REPLY": "cgi", "Http_Method": "POST", "max_body": "10"]
        let ending = try EchoProcess.run(variables, body: body)
        #expect(ending.status == 0)
        #expect(ending.text.hasPrefix("Status: 413\n"))
        #expect(ending.text.contains("urn:passerelle:problem:too-large"))
        #expect(try EchoProcess.run(variables, body: Array(body.prefix(10))).text.hasPrefix("Status: 200\n"))
    }

    @Test func `a setting that is wrong ends the function with a sentence and status 78`() throws {
        let ending = try EchoProcess.run(["max_body": "plenty"])
        #expect(ending.status == 78)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains("max_body") && ending.errors.hasSuffix(".\n"))
        #expect(ending.errors.split(separator: "\n").count == 1)
    }
}

@Suite struct EnvironmentWipingTests {
    private static let token = "c2VjcmV0LXRva2Vu"
    private static let variables = [
        "Http_Method": "POST", "Http_Authorization": "Bearer \(token)", "Http_Cookie": "passerelle-device=\(token)",
        "Http_X_Other": "stays",
    ]

    @Test(arguments: [[:], ["FUNCTION_MODE": "warm"]])
    func `a caller's token can no longer be read from outside once the function waits`(
        _ mode: [String: String]
    ) async throws {
        let process = try EchoProcess(Self.variables.merging(mode) { $1 })
        var environment = process.visibleEnvironment
        for _ in 0..<1000 where environment.contains(Self.token) || !environment.contains("stays") {
            try await Task.sleep(for: .milliseconds(5))
            environment = process.visibleEnvironment
        }
        #expect(environment.contains("stays"))
        #expect(!environment.contains(Self.token))
        #expect(try process.finish().status == 0)
    }
}

@Suite struct WarmEchoTests {
    @Test func `a warm function answers frame after frame until the gateway hangs up`() throws {
        let process = try EchoProcess(["FUNCTION_MODE": "warm"])
        for body in ["first", "", "third"] {
            var invocation = Invocation()
            invocation.headers = [HeaderField("content-type", "text/plain")]
            invocation.body = Array(body.utf8)
            process.write(invocation.frame())
            let length = try Frame.length(prefix: process.read(atLeast: Frame.prefixLength), limit: 1 << 20)
            let reply = try Reply(parsing: process.read(atLeast: length)[...])
            #expect(reply.status == 200)
            #expect(reply.body == invocation.body)
            #expect(reply.headers.contains(HeaderField("content-type", "text/plain")))
        }
        let ending = try process.finish()
        #expect(ending.status == 0)
        #expect(ending.output.isEmpty)
    }

    @Test func `a frame that is too long, or that ends early, ends the process with status 70 and no answer`() throws {
        for bytes in [[0xff, 0xff, 0xff, 0xff], [9, 0, 0, 0, 1]] as [[UInt8]] {
            let process = try EchoProcess(["FUNCTION_MODE": "warm"])
            process.write(bytes)
            let ending = try process.finish()
            #expect(ending.status == 70)
            #expect(ending.output.isEmpty)
            #expect(!ending.errors.isEmpty)
        }
    }
}

@Suite struct StartedAheadEchoTests {
    private let mode = ["FUNCTION_MODE": "once-started-ahead"]

    @Test func `a process that was started ahead answers one frame and ends, though more follow`() throws {
        let process = try EchoProcess(mode)
        var invocation = Invocation()
        invocation.body = Array("only".utf8)
        process.write(invocation.frame() + invocation.frame())
        let length = try Frame.length(prefix: process.read(atLeast: Frame.prefixLength), limit: 1 << 20)
        let reply = try Reply(parsing: process.read(atLeast: length)[...])
        #expect(reply.status == 200 && reply.body == invocation.body)
        let ending = try process.finish()
        #expect(ending.status == 0 && ending.output.isEmpty)
    }

    @Test func `one that is not needed ends in peace`() throws {
        let ending = try EchoProcess(mode).finish()
        #expect(ending.status == 0 && ending.output.isEmpty && ending.errors.isEmpty)
    }
}
