package import GatewayHTTP

/// What the gateway is told at its start, by variables and by flags; flags win.
package struct GatewayOptions: Sendable {
    /// The address to listen on (`BIND`).
    package var bind = "127.0.0.1"
    /// The port to listen on, 0 for a free one (`PORT`).
    package var port: UInt16 = 8080
    /// The stack file (`STACK`).
    package var stack = "stack.yml"
    /// The folder that holds the functions' executables (`FUNCTIONS`); `nil` for the gateway's own.
    package var functions: String?
    /// The folder that holds the secrets (`SECRETS`).
    package var secrets = "/var/openfaas/secrets"
    /// The folder that holds the pages and the contract (`PAGES`); `nil` for `Gateway/Pages` beside the stack file.
    package var pages: String?
    /// What links begin with (`PUBLIC_URL`); `nil` for `http://127.0.0.1:PORT`.
    package var publicURL: String?
    /// Peers whose `X-Forwarded-*` fields are believed (`TRUSTED_PROXIES`).
    package var trustedProxies = TrustedProxies()
    /// Whether each request is logged (`ACCESS_LOG`).
    package var logsAccess = true
    /// Milliseconds for calls that are being answered when the gateway is told to stop (`DRAIN_TIMEOUT`).
    package var drainTimeout = 15_000
    /// What is taken from clients (`MAX_CONNECTIONS`, `HEAD_TIMEOUT`, `BODY_TIMEOUT`, `IDLE_TIMEOUT`, `SEND_TIMEOUT`).
    package var limits = HTTPLimits()
    /// Whom functions run as where the gateway is root (`FUNCTION_USER`); `nil` for the gateway's own user.
    package var functionUser: String?
    /// Which processes are refused system calls that no function needs (`FUNCTION_SECCOMP`).
    package var systemCallFilter = SystemCallFilter.warm
    /// The one function to be a watchdog of (`--function`); `nil` to serve a stack file.
    package var function: String?
    /// The descriptor to write the address to once the gateway listens (`--ready-fd`).
    package var readyDescriptor: Int32?
    /// Whether functions are asked, before anything is served, what is wrong with their settings (`--check-settings`).
    package var checksSettings = false
    /// Every variable that the gateway was given, for `${…}` in the stack file.
    package var environment: [String: String] = [:]

    /// The defaults.
    package init() {}
}

/// Which processes have their system calls filtered: it costs a third of a millisecond at their start.
package enum SystemCallFilter: String, Sendable {
    /// None.
    case off
    /// Those that stay for many calls.
    case warm
    /// Those of one call, too.
    case all
}
