import Platform
import Wire

/// A request's metadata as OpenFaaS's watchdogs put it into the environment.
struct WatchdogVariables {
    private let variables: [String: String]
    private static let notFields: Set = ["method", "path", "query", "contentlength", "host", "transfer-encoding"]

    init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The invocation that the variables describe, without its content.
    ///
    /// Without `Http_Method` nobody speaks HTTP: the input is then taken as the JSON content of a POST.
    func invocation(startedAt start: Instant) -> Invocation {
        var invocation = Invocation()
        invocation.method = variables["Http_Method"] ?? "POST"
        invocation.path = variables["Http_Path"].flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        invocation.query = variables["Http_Query"]
        invocation.headers = fields
        if variables["Http_Method"] == nil { invocation.headers = [HeaderField("content-type", "application/json")] }
        invocation.callID = invocation.header("x-call-id") ?? ""
        invocation.clientAddress = variables["FUNCTION_CLIENT_ADDRESS"] ?? ""
        if let limit = GoDuration.milliseconds(variables["exec_timeout"] ?? "") {
            invocation.deadline = start.adding(milliseconds: limit).nanoseconds
        }
        return invocation
    }

    private var fields: [HeaderField] {
        variables.compactMap { name, value in
            guard name.hasPrefix("Http_") else { return nil }
            let field = name.dropFirst(5).lowercased().split(separator: "_", omittingEmptySubsequences: false)
                .joined(separator: "-")
            return Self.notFields.contains(field) ? nil : HeaderField(field, value)
        }.sorted { $0.name < $1.name }
    }
}

/// A duration as Go writes it (`1m30s`, `250ms`); a plain number is seconds.
public enum GoDuration {
    private static let units: [(String, Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]

    /// Whole milliseconds, more than 0; `nil` for anything else.
    public static func milliseconds(_ text: String) -> Int? {
        if let seconds = Int(text) { return seconds > 0 && seconds <= 86_400_000 ? seconds * 1000 : nil }
        var total = 0.0
        var rest = text[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.0) }) else {
                return nil
            }
            total += number * unit.1
            rest = rest.dropFirst(unit.0.count)
        }
        return total >= 1 && total <= 86_400_000_000 ? Int(total) : nil
    }
}
