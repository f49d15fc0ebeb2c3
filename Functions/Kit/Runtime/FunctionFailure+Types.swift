public import JSON
import Wire

extension FunctionFailure {
    /// 400: the request is not what the contract asks for, with the fields at fault.
    public static func invalidRequest(_ error: JSONError) -> FunctionFailure {
        var failure = invalidRequest(detail: "The content is not what this function takes.")
        failure.errors = [error]
        return failure
    }

    /// 400, with a sentence.
    public static func invalidRequest(detail: String) -> FunctionFailure {
        FunctionFailure(400, "invalid-request", title: "The request is not valid", detail: detail)
    }

    /// 404: nothing that the caller may know of is there.
    public static let notFound = FunctionFailure(
        404, "not-found", title: "Not found", detail: "There is nothing at this address.")

    /// 405, with the methods that the address knows.
    public static func methodNotAllowed(allowed: [String]) -> FunctionFailure {
        FunctionFailure(
            405, "method-not-allowed", title: "Method not allowed", detail: "This address does not take that method.",
            headers: ["allow": allowed.joined(separator: ", ")])
    }

    /// 415, with the media types that are taken.
    public static func unsupportedMediaType(_ accepted: [String]) -> FunctionFailure {
        let isText = accepted.allSatisfy { $0.hasSuffix("json") }
        return FunctionFailure(
            415, "unsupported-media-type", title: "Unsupported media type",
            detail: "The content must be \(accepted.joined(separator: " or "))\(isText ? " in UTF-8" : "").")
    }

    /// 413: the content is longer than the function takes.
    public static let tooLarge = FunctionFailure(
        413, "too-large", title: "Content too large", detail: "The content is longer than this function takes.")

    /// 401 for a caller without valid proof.
    public static var unauthorized: FunctionFailure {
        FunctionFailure(
            401, "unauthorized", title: "Unauthorized", detail: "A valid access token is needed.",
            headers: ["www-authenticate": "Bearer"])
    }

    /// 403: the caller is known, and may not.
    public static let forbidden = FunctionFailure(
        403, "forbidden", title: "Forbidden", detail: "Your role does not allow this.")

    /// 503, to be tried again after that many seconds.
    public static func unavailable(retryAfter seconds: Int) -> FunctionFailure {
        FunctionFailure(
            503, "unavailable", title: "Unavailable", detail: "This cannot be answered at the moment; try again.",
            headers: ["retry-after": String(seconds)])
    }

    /// 503: too much is asked at once.
    public static func overloaded(retryAfter seconds: Int) -> FunctionFailure {
        FunctionFailure(
            503, "overloaded", title: "Overloaded", detail: "Too many calls are being answered; try again.",
            headers: ["retry-after": String(seconds)])
    }

    /// 500, bare: what went wrong is in the log alone.
    public static let internalError = FunctionFailure(
        500, "worker-failed", title: "Internal error", detail: "The function could not answer this call.")
}
