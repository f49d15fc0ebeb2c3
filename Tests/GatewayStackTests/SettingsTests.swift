import Testing

@testable import GatewayStack

@Suite struct SettingsTests {
    @Test func `settings left out have their defaults`() throws {
        let settings = try function("image: x").settings
        #expect(settings.bodyLimit == 65_536)
        #expect(settings.minimum == 1 && settings.maximum == 8 && settings.queueLimit == 128)
        #expect(settings.mode == .warm && !settings.isInternal && !settings.allowsAsync && !settings.scalesToZero)
    }

    @Test func `settings are read from environment, labels and annotations`() throws {
        let settings = try function(
            "environment: {max_body: 1MiB, exec_timeout: 1m30s, read_timeout: 5, max_inflight: 7}",
            "labels: {com.openfaas.scale.zero: 'true', com.openfaas.scale.zero-duration: 90s,"
                + " com.openfaas.scale.target: 3, com.openfaas.scale.min: 0}",
            "annotations: {passerelle.internal: 'true', passerelle.async: 'true', passerelle.mode: one-shot,"
                + " passerelle.queue: 0, passerelle.queue-wait: 250ms}"
        ).settings
        #expect(settings.bodyLimit == 1 << 20 && settings.execTimeout == 90_000 && settings.readTimeout == 5_000)
        #expect(settings.inFlightLimit == 7 && settings.scalesToZero && settings.zeroDuration == 90_000)
        #expect(settings.target == 3 && settings.minimum == 0 && settings.isInternal && settings.allowsAsync)
        #expect(settings.mode == .oneShot && settings.queueLimit == 0 && settings.queueWait == 250)
    }

    @Test(arguments: [
        ("environment: {max_body: -1}", "line 4: functions.a.environment.max_body must be a number of bytes"),
        ("environment: {max_body: 2Gi}", "line 4: functions.a.environment.max_body must be a number of bytes"),
        ("environment: {exec_timeout: soon}", "line 4: functions.a.environment.exec_timeout must be a duration"),
        ("environment: {exec_timeout: 1s1}", "line 4: functions.a.environment.exec_timeout must be a duration"),
        ("environment: {exec_timeout: 9999999999h}", "line 4: functions.a.environment.exec_timeout must be a"),
        ("labels: {com.openfaas.scale.max: 0}", "line 4: functions.a.labels.com.openfaas.scale.max must be a number"),
        (
            "labels: {com.openfaas.scale.min: 3, com.openfaas.scale.max: 2}",
            "line 4: functions.a.labels.com.openfaas.scale.max must be at least com.openfaas.scale.min"
        ),
        ("annotations: {passerelle.mode: hot}", "line 4: functions.a.annotations.passerelle.mode must be warm or"),
        ("annotations: {passerelle.async: yes}", "line 4: functions.a.annotations.passerelle.async must be true or"),
    ])
    func `a setting out of range is refused with its line`(_ line: String, _ sentence: String) {
        let error = #expect(throws: StackError.self) { try function(line) }
        #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("10", 10_000), ("0", 0), ("10s", 10_000), ("1m30s", 90_000), ("250ms", 250), ("1.5h", 5_400_000),
        ("0.5s", 500), ("1500us", 1), ("2h45m", 9_900_000), ("1.000000001s", 1_000),
    ])
    func `durations read as Go writes them`(_ text: String, _ milliseconds: Int) {
        #expect(Quantity.milliseconds(text) == milliseconds)
    }

    @Test(arguments: ["", "-1s", "s", "1x", "1 s", "1.s2", "1..5s", "99999999999s", "٣s"])
    func `what is not a duration is refused`(_ text: String) {
        #expect(Quantity.milliseconds(text) == nil)
    }

    @Test(arguments: [
        ("${X}", ["X": "v"], "v"), ("${X}", [:], ""), ("${X:-d}", [:], "d"), ("${X:-d}", ["X": ""], "d"),
        ("${X-d}", ["X": ""], ""), ("${X:=d}", [:], "d"), ("${X:-${Y:-e}}f", [:], "ef"), ("$$X $ {", [:], "$X $ {"),
        ("${X:-}", [:], ""), ("a${X}b${X}", ["X": "-"], "a-b-"),
    ])
    func `references are replaced`(_ text: String, _ environment: [String: String], _ result: String) throws {
        let bytes = try Substitution.apply(to: Array(text.utf8), environment: environment)
        #expect(String(decoding: bytes, as: UTF8.self) == result)
    }

    @Test func `defaults nested without end are refused`() {
        let text = String(repeating: "${X:-", count: 1000)
        #expect(throws: StackError.self) { try Substitution.apply(to: Array(text.utf8), environment: [:]) }
    }
}
