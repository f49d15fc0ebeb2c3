import BSON
public import Primitives

/// A player's report about another, for admins to judge.
public struct Report: Sendable {
    /// Its id.
    public let id: UniqueID
    /// Who made it.
    public let reporter: UniqueID
    /// Whom it is about.
    public let reported: UniqueID
    /// Why, still encrypted.
    let reason: BSONValue
    /// The message that it is about; `nil` where it is about none.
    public let messageID: UniqueID?
    /// When it was made.
    public let createdAt: Timestamp
    /// What came of it; `nil` while it is open.
    public internal(set) var resolution: Resolution?

    /// What an admin made of a report.
    public struct Resolution: Sendable {
        /// What came of it.
        public let outcome: Outcome
        /// A note for other admins, still encrypted; `nil` where there is none.
        let note: BSONValue?
        /// Which admin.
        public let by: UniqueID
        /// When.
        public let at: Timestamp
    }

    /// What came of a report.
    public enum Outcome: String, CaseIterable, Sendable {
        case dismissed, warned, locked
    }

    /// How a report stands.
    public enum Status: String, CaseIterable, Sendable {
        case open, resolved
    }

    /// How it stands.
    public var status: Status { resolution == nil ? .open : .resolved }
}

extension Report {
    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let reporter = document["reporter"]?.id,
            let reported = document["reported"]?.id, let reason = document["reason"],
            let createdAt = document["createdAt"]?.date
        else { return nil }
        self.id = id
        self.reporter = reporter
        self.reported = reported
        self.reason = reason
        self.createdAt = createdAt
        messageID = document["messageId"]?.id
        resolution = document["resolution"]?.document.flatMap(Resolution.init)
    }

    var document: Document {
        var document: Document = [
            "_id": .id(id), "reporter": .id(reporter), "reported": .id(reported), "status": .string(status.rawValue),
            "reason": reason, "createdAt": .date(createdAt),
        ]
        document["messageId"] = messageID.map(BSONValue.id)
        return document
    }
}

extension Report.Resolution {
    fileprivate init?(_ document: Document) {
        guard let outcome = document["outcome"]?.string.flatMap(Report.Outcome.init(rawValue:)),
            let by = document["by"]?.id, let at = document["at"]?.date
        else { return nil }
        self.outcome = outcome
        self.by = by
        self.at = at
        note = document["note"]
    }

    var document: Document {
        var document: Document = ["outcome": .string(outcome.rawValue), "by": .id(by), "at": .date(at)]
        document["note"] = note
        return document
    }
}
