import GatewayHTTP
import GatewayStack
import Wire

extension GatewayOptions {
    /// Reads the variables; empty ones count as not set.
    package init(environment: [String: String]) throws(StartFailure) {
        self.init()
        self.environment = environment
        for name in Self.names {
            guard let value = environment[name], !value.isEmpty else { continue }
            try set(name, to: value)
        }
        if environment["SECRETS"] == nil {
            let folder = environment["secret_mount_path"] ?? environment["DATA_DIR"].map { $0 + "/secrets" }
            secrets = folder ?? secrets
        }
    }

    static let names = [
        "BIND", "PORT", "STACK", "FUNCTIONS", "SECRETS", "PAGES", "PUBLIC_URL", "TRUSTED_PROXIES", "ACCESS_LOG",
        "DRAIN_TIMEOUT", "MAX_CONNECTIONS", "HEAD_TIMEOUT", "BODY_TIMEOUT", "IDLE_TIMEOUT", "SEND_TIMEOUT",
        "FUNCTION_USER", "FUNCTION_SECCOMP",
    ]

    mutating func set(_ name: String, to value: String) throws(StartFailure) {
        switch name {
        case "BIND": bind = value
        case "PORT": port = try Self.port(value)
        case "STACK": stack = value
        case "FUNCTIONS": functions = value
        case "SECRETS": secrets = value
        case "PAGES": pages = value
        case "FUNCTION_USER": functionUser = value
        case "FUNCTION_SECCOMP":
            guard let filter = SystemCallFilter(rawValue: value) else {
                throw .configuration("FUNCTION_SECCOMP must be off, warm or all, not \"\(value)\".")
            }
            systemCallFilter = filter
        case "PUBLIC_URL": publicURL = try Self.url(value)
        case "TRUSTED_PROXIES": trustedProxies = try Self.proxies(value)
        case "ACCESS_LOG": logsAccess = try Self.choice(name, value, "on", "off")
        case "DRAIN_TIMEOUT": drainTimeout = try Self.duration(name, value)
        default: try setLimit(name, to: value)
        }
    }

    private mutating func setLimit(_ name: String, to value: String) throws(StartFailure) {
        switch name {
        case "MAX_CONNECTIONS": limits.connections = try Self.number(name, value, in: 1...65_536)
        case "HEAD_TIMEOUT": limits.headTimeout = try Self.duration(name, value)
        case "BODY_TIMEOUT": limits.bodyTimeout = try Self.duration(name, value)
        case "IDLE_TIMEOUT": limits.idleTimeout = try Self.duration(name, value)
        case "SEND_TIMEOUT": limits.sendTimeout = try Self.duration(name, value)
        default: throw .usage("\(name) is no setting of the gateway.")
        }
    }

    private static func port(_ value: String) throws(StartFailure) -> UInt16 {
        UInt16(try number("PORT", value, in: 0...65_535))
    }

    private static func number(_ name: String, _ value: String, in range: ClosedRange<Int>) throws(StartFailure) -> Int
    {
        guard let number = Quantity.natural(value[...]), range.contains(number) else {
            throw .configuration(
                "\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not \"\(value)\".")
        }
        return number
    }

    private static func duration(_ name: String, _ value: String) throws(StartFailure) -> Int {
        guard let duration = Quantity.milliseconds(value), (1...86_400_000).contains(duration) else {
            throw .configuration("\(name) must be a duration such as 500ms or 10s, not \"\(value)\".")
        }
        return duration
    }

    private static func choice(
        _ name: String, _ value: String, _ yes: String, _ no: String
    ) throws(StartFailure) -> Bool {
        guard [yes, no].contains(value) else {
            throw .configuration("\(name) must be \(yes) or \(no), not \"\(value)\".")
        }
        return value == yes
    }

    private static func url(_ value: String) throws(StartFailure) -> String {
        do {
            return try PublicURL(parsing: value).text
        } catch {
            throw .configuration(error.sentence)
        }
    }

    private static func proxies(_ value: String) throws(StartFailure) -> TrustedProxies {
        do {
            return try TrustedProxies(parsing: value)
        } catch {
            throw .configuration(
                "TRUSTED_PROXIES must be a list of IP addresses and networks, which \"\(error.text)\" is not.")
        }
    }
}
