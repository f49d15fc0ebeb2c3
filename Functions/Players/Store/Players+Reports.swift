public import AccountsAccess
import Audit
import BSON
import MessageRecords
import MongoDB
import PlayersDomain
public import Primitives
public import Runtime

/// What came of making a report.
public enum ReportOutcome: Sendable {
    /// It is stored.
    case made(Report)
    /// There is no such player for the caller.
    case absent
    /// Too many in 24 hours; seconds until another may be made.
    case tooMany(Int64)
}

/// What came of resolving a report.
public enum Resolved: Sendable {
    /// It is resolved so, now or before.
    case done(Report)
    /// There is no such report.
    case absent
    /// It was resolved otherwise.
    case otherwise
}

extension Players {
    /// Stores what a player reports about another whom he knows, with a sealed copy of the message that it is about.
    public func report(
        _ other: Person, by reporter: Person, reason: String, messageID: UniqueID?, _ context: Context
    ) throws -> ReportOutcome {
        let message = try messageID.flatMap { try reports.messages.find($0) }
        if messageID != nil {
            guard let message, try wasTold(message, by: other, to: reporter, at: context.now) else { return .absent }
        } else {
            guard try mayReport(reporter, other, at: context.now) else { return .absent }
        }
        if let seconds = try reports.wait(for: reporter.id, at: context.now) { return .tooMany(seconds) }
        let id = UniqueID(at: context.now, random: context.random)
        let report = Report(
            id: id, reporter: reporter.id, reported: other.id,
            reason: try reports.seal(reason: reason, of: id, from: reporter), messageID: messageID,
            createdAt: context.now)
        let copy = try message.flatMap { try reports.messages.copy($0, for: id, at: context.now) }
        let isMade = try access.telling(.reportMade, by: reporter.id, about: nil, context) {
            (session) throws(MongoError) in
            try reports.collection.insert(report.document, session: session)
            if let copy { try reports.messages.keep(copy, session: session) }
            return true
        }
        return isMade ? .made(report) : .absent
    }

    /// Whether `other` sent the message, and `reporter` is one of those whom it went to.
    private func wasTold(
        _ found: ReportedMessages.Found, by other: Person, to reporter: Person, at now: Timestamp
    ) throws -> Bool {
        guard found.message.sender == other.id, other.id != reporter.id else { return false }
        return try takesPart(reporter, in: found.conversation, at: now)
    }

    /// Whether a player is one of those who talk in a conversation.
    func takesPart(_ person: Person, in conversation: Conversation, at now: Timestamp) throws(MongoError) -> Bool {
        guard case .community(let gameID, let ageGroup) = conversation.kind else {
            return conversation.isBetween(person.id)
        }
        let player = try player(person.id)
        guard let adultFrom = player.adultFrom, player.library.contains(where: { $0.gameID.text == gameID }) else {
            return false
        }
        return ageGroup == (adultFrom <= now ? "adults" : "minors")
    }

    /// Settles an open report in one transaction with the audit event and, where that is the outcome, with the lock of
    /// the account that it is about.
    public func resolve(
        _ id: UniqueID, _ outcome: Report.Outcome, note: String?, by admin: Caller, _ context: Context
    ) throws -> Resolved {
        guard let report = try reports.report(id), let reported = try access.person(report.reported) else {
            return .absent
        }
        guard report.status == .open else { return Self.settled(report, outcome) }
        let resolution = Report.Resolution(
            outcome: outcome, note: try note.map { try reports.seal(note: $0, of: id) }, by: admin.accountID,
            at: context.now)
        guard try settle(id, resolution, reported, by: admin, context) else {
            return try reports.report(id).map { Self.settled($0, outcome) } ?? .absent
        }
        return try reports.report(id).map(Resolved.done) ?? .absent
    }

    private func settle(
        _ id: UniqueID, _ resolution: Report.Resolution, _ reported: Person, by admin: Caller, _ context: Context
    ) throws -> Bool {
        let open: Document = ["_id": .id(id), "status": .string(Report.Status.open.rawValue)]
        let change: Document = [
            "$set": [
                "status": .string(Report.Status.resolved.rawValue), "resolution": .document(resolution.document),
            ]
        ]
        func write(_ session: MongoSession) throws(MongoError) -> Bool {
            try reports.collection.update(open, change, session: session).matched > 0
        }
        switch resolution.outcome {
        case .locked: return try access.lock(reported, by: admin, telling: .reportResolved, context, write)
        case .warned:
            return try access.telling(.reportResolved, by: admin.accountID, about: reported, context, write)
        case .dismissed: return try access.telling(.reportResolved, by: admin.accountID, about: nil, context, write)
        }
    }

    private static func settled(_ report: Report, _ outcome: Report.Outcome) -> Resolved {
        report.resolution?.outcome == outcome ? .done(report) : .otherwise
    }

    /// Whom one may see, has blocked, or has had to do with can be reported: whoever was molested can also say so once
    /// he is blocked by the other.
    private func mayReport(_ reporter: Person, _ other: Person, at now: Timestamp) throws -> Bool {
        guard reporter.id != other.id else { return false }
        let relation = try relations.between(reporter.id, other.id)
        if relation.request != nil || relation.blockedBy.contains(reporter.id) { return true }
        return try mayView(reporter, other, relation.bond, at: now)
    }
}
