/// An address below `/system/`.
enum SystemRoute: Equatable {
    case info
    case functions
    case function(String)
    case scale(String)
    case namespaces
    case secrets
    case logs
    case calls
    case retry(String)
    case backups

    /// What a path names; `nil` for nothing.
    init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).map(String.init)
        switch (parts.count, parts.first) {
        case (1, "info"): self = .info
        case (1, "functions"): self = .functions
        case (1, "namespaces"): self = .namespaces
        case (1, "secrets"): self = .secrets
        case (1, "logs"): self = .logs
        case (1, "calls"): self = .calls
        case (1, "backups"): self = .backups
        case (2, "function"): self = .function(parts[1])
        case (2, "scale-function"): self = .scale(parts[1])
        case (3, "calls") where parts[2] == "retry" && CallIDs.isFit(parts[1]): self = .retry(parts[1])
        default: return nil
        }
    }

    /// The methods that it takes.
    var methods: [String] {
        switch self {
        case .info, .function, .namespaces, .logs, .calls: ["GET", "HEAD"]
        case .functions, .secrets: ["GET", "HEAD", "POST", "PUT", "DELETE"]
        case .backups: ["GET", "HEAD", "POST"]
        case .scale, .retry: ["POST"]
        }
    }

    /// The query's parameters that it knows.
    var parameters: Set<String> {
        switch self {
        case .info, .namespaces, .retry, .backups: []
        case .functions, .function, .scale, .secrets: ["namespace", "usage"]
        case .logs: ["name", "namespace", "instance", "tail", "follow", "since"]
        case .calls: ["status", "limit", "after"]
        }
    }
}
