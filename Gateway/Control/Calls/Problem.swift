import GatewayHTTP

/// An error of the gateway's own, answered as a problem document (RFC 9457).
struct Problem: Error, Equatable, Sendable {
    let status: Int
    let slug: String
    let title: String
    let detail: String
    var fields: [HTTPField] = []

    /// The problem as an answer.
    func response(callID: String) -> Response {
        var line = LogLine()
        line.add("type", "urn:passerelle:problem:" + slug)
        line.add("title", title)
        line.add("status", status)
        line.add("detail", detail)
        var response = Response(
            status: status,
            headers: [
                HTTPField("Content-Type", "application/problem+json"), HTTPField("Cache-Control", "no-store"),
                HTTPField("X-Call-Id", callID),
            ] + fields, body: line.finished())
        response.note = callID
        return response
    }
}

extension Problem {
    static let notFound = Problem(
        status: 404, slug: "not-found", title: "Not found", detail: "There is nothing at this address.")

    static func methodNotAllowed(_ allowed: String) -> Problem {
        Problem(
            status: 405, slug: "method-not-allowed", title: "Method not allowed",
            detail: "This address does not take that method.", fields: [HTTPField("Allow", allowed)])
    }

    static func overloaded(retryAfter seconds: Int) -> Problem {
        Problem(
            status: 503, slug: "overloaded", title: "Overloaded",
            detail: "Too many calls are waiting; try again later.",
            fields: [HTTPField("Retry-After", String(max(1, seconds)))])
    }

    static func unavailable(retryAfter seconds: Int) -> Problem {
        Problem(
            status: 503, slug: "unavailable", title: "Unavailable",
            detail: "The function cannot be started at the moment; try again later.",
            fields: [HTTPField("Retry-After", String(max(1, seconds)))])
    }

    static let tooManyInFlight = Problem(
        status: 429, slug: "rate-limited", title: "Too many requests",
        detail: "The function is answering as many calls as it takes at one time.",
        fields: [HTTPField("Retry-After", "1")])

    static let deadlineExceeded = Problem(
        status: 504, slug: "deadline-exceeded", title: "Deadline exceeded",
        detail: "The function did not answer in time and was stopped.")

    static func workerFailed(_ detail: String) -> Problem {
        Problem(status: 502, slug: "worker-failed", title: "The function failed", detail: detail)
    }

    /// The problem that a status of the HTTP codec's stands for.
    static func refused(_ status: Int, _ detail: String) -> Problem {
        switch status {
        case 413: Problem(status: status, slug: "too-large", title: "Content too large", detail: detail)
        case 500: Problem(status: status, slug: "worker-failed", title: "Internal error", detail: detail)
        case 503:
            Problem(
                status: status, slug: "overloaded", title: "Overloaded", detail: detail,
                fields: [HTTPField("Retry-After", "1")])
        default: Problem(status: status, slug: "invalid-request", title: "The request is not valid", detail: detail)
        }
    }
}
