import Platform
import Testing
import Wire

@testable import Runtime

@Suite struct WatchdogVariablesTests {
    private func invocation(_ variables: [String: String]) -> Invocation {
        WatchdogVariables(variables).invocation(startedAt: Instant(nanoseconds: 1_000_000))
    }

    @Test func `a watchdog's variables are the request`() {
        let invocation = invocation([
            "Http_Method": "PUT", "Http_Path": "/a/b", "Http_Query": "x=1", "Http_Content_Type": "text/plain",
            "Http_X_Call_Id": "call-7", "FUNCTION_CLIENT_ADDRESS": "192.0.2.1", "Http_ContentLength": "3",
            "Http_Host": "h", "Http_Transfer_Encoding": "chunked", "PATH": "/bin", "HTTP_X": "no",
        ])
        #expect((invocation.method, invocation.path, invocation.query) == ("PUT", "/a/b", "x=1"))
        #expect((invocation.callID, invocation.clientAddress) == ("call-7", "192.0.2.1"))
        #expect(
            invocation.headers == [HeaderField("content-type", "text/plain"), HeaderField("x-call-id", "call-7")])
        #expect(!invocation.isInternal && invocation.deadline == 0)
    }

    @Test func `without a method the input is the JSON content of a POST`() {
        let invocation = invocation([:])
        #expect((invocation.method, invocation.path, invocation.query) == ("POST", "/", nil))
        #expect(invocation.headers == [HeaderField("content-type", "application/json")])
    }

    @Test func `no variable of a request makes a call an internal one`() {
        let names = ["Http_X_Internal", "Http_Internal", "Http_Is_Internal", "Http_Passerelle_Internal"]
        let variables = Dictionary(uniqueKeysWithValues: names.map { ($0, "true") })
        #expect(!invocation(variables).isInternal)
    }

    @Test(arguments: [("2s", 2_001_000_000), ("250ms", 251_000_000), ("", 0), ("never", 0)] as [(String, UInt64)])
    func `the time limit counts from the start`(_ limit: String, _ deadline: UInt64) {
        #expect(invocation(["exec_timeout": limit]).deadline == deadline)
    }
}

@Suite struct SettingTests {
    @Test(arguments: [
        ("10s", 10_000), ("1m30s", 90_000), ("250ms", 250), ("1h", 3_600_000), ("1.5s", 1500), ("5", 5000),
        ("1h0m0.5s", 3_600_500),
    ])
    func `a duration is read as Go writes it`(_ text: String, _ milliseconds: Int) {
        #expect(GoDuration.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        "", "0", "-5", "0s", "s", "10x", "10 s", "s10", "1..5s", "ten", "1e3s", "99999999999", "\u{0661}s",
    ])
    func `anything else is no duration`(_ text: String) {
        #expect(GoDuration.milliseconds(text) == nil)
    }

    @Test(arguments: [
        ("65536", 65_536), ("64KiB", 65_536), ("64k", 65_536), ("1MiB", 1 << 20), ("1m", 1 << 20), ("2kB", 2000),
        ("0", 0),
        ("7b", 7),
    ])
    func `a size is read with or without a unit`(_ text: String, _ size: Int) throws {
        #expect(try FunctionEnvironment(variables: ["max_body": text]).size("max_body", default: 1) == size)
    }

    @Test(arguments: ["-1", "64 KiB", "KiB", "1GiB", "1.5k", "99999999999999999999", "9223372036854775807k", "2000m"])
    func `anything else is no size, and stops the function with a sentence`(_ text: String) {
        let failure = #expect(throws: SetUpFailure.self) {
            try FunctionEnvironment(variables: ["max_body": text]).size("max_body", default: 1)
        }
        #expect(failure?.exitStatus == 78)
        #expect(failure?.sentence.contains("max_body") == true)
    }

    @Test(arguments: ["0", "11", "x", "1.0", "99999999999999999999"])
    func `a number out of its range stops the function with a sentence`(_ text: String) {
        let failure = #expect(throws: SetUpFailure.self) {
            try FunctionEnvironment(variables: ["N": text]).number("N", default: 5, in: 1...10)
        }
        #expect(failure?.exitStatus == 78)
    }

    @Test(arguments: [("", 5), ("1", 1), ("10", 10)])
    func `a number within its range is taken, and none is the default`(_ text: String, _ number: Int) throws {
        #expect(try FunctionEnvironment(variables: ["N": text]).number("N", default: 5, in: 1...10) == number)
        #expect(try FunctionEnvironment(variables: [:]).number("N", default: 5, in: 1...10) == 5)
    }
}
