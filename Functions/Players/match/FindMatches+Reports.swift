import AccountsAccess
import Installation
import JSON
import MessageRecords
import PlayersAnswering
import PlayersStore
import Primitives
import Runtime

extension FindMatches {
    func report(_ request: Request, _ context: Context) throws -> Answer {
        let reporter = try caller(request, context)
        let wanted = try request.content(as: NewReport.self)
        guard let other = try access.person(named: wanted.login, at: context.now) else {
            throw FunctionFailure.notFound
        }
        switch try players.report(other, by: reporter, reason: wanted.reason, messageID: wanted.messageID, context) {
        case .absent: throw FunctionFailure.notFound
        case .tooMany(let seconds): throw FunctionFailure.tooManyReports(retryAfter: seconds)
        case .made(let report):
            return Self.answer(.object(report.head(about: other, reason: wanted.reason)), status: 201)
        }
    }

    func reports(_ request: Request, _ context: Context) throws -> Answer {
        let admin = try callerID(request, context)
        let status = try Self.choice("status", request, among: Report.Status.allCases.map(\.rawValue))
        let page = try Page(request, of: "reports?" + (status ?? ""), for: admin, players.installation)
        _ = try access.admin(request, context)
        let found = try players.reports.list(
            status.flatMap(Report.Status.init), after: page.afterID, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last?.id.bytes : nil
        return Self.answer(page.answer("reports", try shown.compactMap(json), next: next, players.installation))
    }

    func showReport(_ request: Request, _ context: Context) throws -> Answer {
        try players.begin(context)
        _ = try access.admin(request, context)
        guard let id = UniqueID(parsing: request.captures["id"] ?? ""), let report = try players.reports.report(id),
            let json = try json(report)
        else { throw FunctionFailure.notFound }
        return Self.answer(json)
    }

    func resolve(_ request: Request, _ context: Context) throws -> Answer {
        _ = try callerID(request, context)
        let verdict = try request.content(as: Verdict.self)
        let admin =
            verdict.outcome == .locked
            ? try access.freshAdmin(request, context) : try access.admin(request, context)
        guard let id = UniqueID(parsing: request.captures["id"] ?? "") else { throw FunctionFailure.notFound }
        switch try players.resolve(id, verdict.outcome, note: verdict.note, by: admin, context) {
        case .absent: throw FunctionFailure.notFound
        case .otherwise:
            throw FunctionFailure(
                409, "conflict", title: "Conflict", detail: "This report was resolved with another outcome.")
        case .done(let report):
            guard let json = try json(report) else { throw FunctionFailure.notFound }
            return Self.answer(json)
        }
    }

    /// A report as admins see it; `nil` where one of the two is gone.
    private func json(_ report: Report) throws -> JSONValue? {
        guard let reporter = try access.person(report.reporter), let other = try access.person(report.reported)
        else { return nil }
        let reason = try players.reports.reason(of: report, key: reporter.keyID) ?? ""
        var object = report.head(about: other, reason: reason)
        let message = try report.messageID.flatMap { _ in try players.reports.messages.open(report.id) }
        object.append("message", message.map(Self.json) ?? .null)
        object.append("from", .string(reporter.login))
        object.append("outcome", report.resolution.map { .string($0.outcome.rawValue) } ?? .null)
        object.append("note", try players.reports.note(of: report).map(JSONValue.string) ?? .null)
        object.append("resolvedAt", report.resolution.map { .string($0.at.description) } ?? .null)
        let admin = try report.resolution.flatMap { try access.person($0.by) }
        object.append("resolvedBy", admin.map { .string($0.login) } ?? .null)
        return .object(object)
    }

    private static func json(_ message: ReportedMessages.Copy) -> JSONValue {
        ["sentAt": .string(message.sentAt.description), "body": .string(message.text)]
    }

    private static func answer(_ json: JSONValue, status: UInt16 = 200) -> Answer {
        Answer.json(json, status: status).adding("cache-control", "no-store")
    }
}

extension Report {
    /// What its maker sees, too.
    fileprivate func head(about other: Person, reason: String) -> JSONObject {
        JSONObject([
            ("reportId", .string(id.description)), ("status", .string(status.rawValue)),
            ("login", .string(other.login)), ("reason", .string(reason)),
            ("messageId", messageID.map { .string($0.description) } ?? .null),
            ("createdAt", .string(createdAt.description)),
        ])
    }
}

extension FunctionFailure {
    fileprivate static func tooManyReports(retryAfter seconds: Int64) -> FunctionFailure {
        FunctionFailure(
            429, "rate-limited", title: "Too many reports",
            detail: "At most \(Reports.mostPerDay) reports can be made in 24 hours.",
            headers: ["retry-after": String(seconds)])
    }
}
