import GatewayHTTP

extension Problem {
    /// 401, as basic authentication has it (RFC 7617).
    static let unauthorized = Problem(
        status: 401, slug: "unauthorized", title: "Unauthorized",
        detail: "This address is for the gateway's administrators.",
        fields: [HTTPField("WWW-Authenticate", "Basic realm=\"passerelle\"")])

    /// 401: the login is too old for this (RFC 9470).
    static let strongerProofNeeded = Problem(
        status: 401, slug: "stronger-proof-needed", title: "A newer login is needed",
        detail: "Secrets are changed with a login of the last 15 minutes.",
        fields: [
            HTTPField("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", max_age=900")
        ])

    static func forbidden(_ detail: String) -> Problem {
        Problem(status: 403, slug: "forbidden", title: "Forbidden", detail: detail)
    }

    static func invalid(_ detail: String) -> Problem {
        Problem(status: 400, slug: "invalid-request", title: "The request is not valid", detail: detail)
    }

    static func conflict(_ detail: String) -> Problem {
        Problem(status: 409, slug: "conflict", title: "Conflict", detail: detail)
    }

    /// 404: no function of that name takes calls.
    static let noFunction = Problem(
        status: 404, slug: "not-found", title: "Not found", detail: "There is no function of that name here.")

    /// 404: no function is known under that namespace.
    static let noNamespace = Problem(
        status: 404, slug: "not-found", title: "Not found", detail: "There is no namespace of that name here.")

    /// 403: the function does not allow it, so nothing was stored.
    static let asyncNotAllowed = Problem(
        status: 403, slug: "async-not-allowed", title: "Asynchronous calls are not allowed",
        detail: "This function is called directly only.")

    /// 403: nothing is sent to that host, so nothing was stored.
    static let callbackNotAllowed = Problem(
        status: 403, slug: "callback-not-allowed", title: "Callback not allowed",
        detail: "The gateway's operator has not allowed answers to be sent to this host.")

    /// 503: what the answer needs is away.
    static func away(_ detail: String) -> Problem {
        Problem(
            status: 503, slug: "unavailable", title: "Unavailable", detail: detail,
            fields: [HTTPField("Retry-After", "1")])
    }
}
