import Foundation
import Testing

/// Dashboard, alarms and what Prometheus asks, against what the gateway tells.
@Suite struct MonitoringTests {
    /// The names on the page of metrics: the gateway's own, and those that functions make up.
    private func told() throws -> Set<String> {
        let page = try Repository.text("Gateway/Control/Metrics/MetricsPage.swift")
        var names = Set(page.matches(of: /head\("([a-z_]+)"/).map { String($0.output.1) })
        for suffix in ["_bucket", "_sum", "_count"] { names.insert("gateway_functions_seconds" + suffix) }
        for file in Repository.files(below: "Functions", named: ".swift") {
            for match in try Repository.text(file).matches(of: /gauging\(\s*"([a-z_]+)"/) {
                names.insert("passerelle_" + match.output.1)
            }
        }
        return names
    }

    /// The metrics that an expression asks for.
    private func asked(_ expression: String) -> Set<String> {
        Set(expression.matches(of: /\b(?:gateway|passerelle)_[a-z_]+/).map { String($0.output) })
    }

    /// The events that functions count.
    private func counted() throws -> Set<String> {
        try Repository.files(below: "Functions", named: ".swift").reduce(into: []) { names, file in
            for match in try Repository.text(file).matches(of: /counting\(\s*"([a-z_.]+)"/) {
                names.insert(String(match.output.1.map { $0 == "." ? "_" : $0 }))
            }
        }
    }

    private func expressions(of document: YAML) -> [String] {
        document.allTables.compactMap { $0["expr"].text }
    }

    @Test func `the dashboard shows what there is`() throws {
        let text = try Repository.text("Gateway/Deploy/monitoring/dashboard.json")
        let dashboard = try JSONDecoder().decode(YAML.self, from: Data(text.utf8))
        let expressions = expressions(of: dashboard)
        #expect(expressions.count > 15)
        let told = try told()
        for expression in expressions {
            let unknown = asked(expression).subtracting(told)
            #expect(unknown.isEmpty, "\(expression) asks for \(unknown)")
        }
        let numbers = dashboard["panels"].list.map { $0["id"] }
        #expect(numbers.allSatisfy { number in numbers.filter { $0 == number }.count == 1 })
    }

    @Test func `the alarms watch what there is, and say what it means`() throws {
        let document = try YAML.document("Gateway/Deploy/monitoring/alerts.yml")
        let (told, counted) = (try told(), try counted())
        let rules = document["groups"].list.flatMap { $0["rules"].list }
        #expect(rules.count > 10)
        for rule in rules {
            let expression = try #require(rule["expr"].text)
            let unknown = asked(expression).subtracting(told)
            #expect(unknown.isEmpty, "\(expression) asks for \(unknown)")
            for match in expression.matches(of: /event="([a-z_]+)"/) {
                #expect(counted.contains(String(match.output.1)), "\(expression)")
            }
            #expect(["page", "ticket"].contains(rule["labels", "severity"].text), "\(expression)")
            #expect(rule["annotations", "summary"].text != nil, "\(expression)")
        }
    }

    @Test func `an alarm that cannot wait reaches mail and chat`() throws {
        let document = try YAML.document("Gateway/Deploy/monitoring/alertmanager.yml")
        let route = try #require(document["route", "routes"].list.first)
        #expect(route["matchers"].texts == ["severity=\"page\""])
        let receiver = try #require(document["receivers"].list.first { $0["name"] == route["receiver"] })
        #expect(receiver["email_configs"].list.count == 1 && receiver["slack_configs"].list.count == 1)
        for table in document.allTables {
            #expect(table["smtp_auth_password"] == .null && table["api_url"] == .null)
        }
    }
}
