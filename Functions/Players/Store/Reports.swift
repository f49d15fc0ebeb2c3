import AccountsAccess
import BSON
import FieldEncryption
public import Installation
public import MessageRecords
public import MongoDB
public import Primitives

/// The reports that players have made about each other.
public struct Reports {
    /// How many reports an account can make in 24 hours.
    public static let mostPerDay = 100
    static let indexes = [
        MongoIndex(name: "reporter", keys: ["reporter": 1, "createdAt": 1]),
        MongoIndex(name: "reported", keys: ["reported": 1]),
        MongoIndex(name: "status", keys: ["status": 1, "_id": 1]),
    ]

    let collection: MongoCollection
    /// The messages that reports are about.
    public let messages: ReportedMessages
    private let installation: Installation
    private static let mostExported = 10_000

    /// The reports of an installation's players.
    public init(_ installation: Installation) {
        self.installation = installation
        collection = installation.collection("reports")
        messages = ReportedMessages(installation)
    }

    /// The report of that id; `nil` where there is none.
    public func report(_ id: UniqueID) throws(MongoError) -> Report? {
        try collection.findOne(["_id": .id(id)]).flatMap(Report.init)
    }

    /// The reports behind `after`, oldest first, all or those that stand so; at most `limit`.
    public func list(_ status: Report.Status?, after: UniqueID?, limit: Int) throws(MongoError) -> [Report] {
        var filter: Document = [:]
        if let status { filter.append("status", .string(status.rawValue)) }
        if let after { filter.append("_id", ["$gt": .id(after)]) }
        return try collection.find(filter, sort: ["_id": 1], limit: limit).compactMap(Report.init)
    }

    /// The reports that an account has made, oldest first.
    public func made(by reporter: UniqueID) throws(MongoError) -> [Report] {
        try collection.find(["reporter": .id(reporter)], sort: ["createdAt": 1], limit: Self.mostExported)
            .compactMap(Report.init)
    }

    /// Seconds until the account may make another report; `nil` where it may now.
    func wait(for reporter: UniqueID, at now: Timestamp) throws(MongoError) -> Int64? {
        let day: Duration = .seconds(86_400)
        let lately: Document = [
            "reporter": .id(reporter),
            "createdAt": ["$gt": .date(Timestamp(milliseconds: now.milliseconds - 86_400_000))],
        ]
        let made = try collection.find(lately, sort: ["createdAt": -1], limit: Self.mostPerDay).compactMap(Report.init)
        guard made.count >= Self.mostPerDay, let first = made.last else { return nil }
        return max(1, (first.createdAt.adding(day).milliseconds - now.milliseconds + 999) / 1000)
    }

    /// What a report gives as its reason; throws where it is not where it was written.
    public func reason(of report: Report, key: UniqueID) throws -> String? {
        let place = Self.reasonPlace(report.id, report.reporter)
        return try installation.encryption.decrypt(report.reason, at: place, key: key).string
    }

    /// The note of the admin who resolved a report; `nil` where there is none.
    public func note(of report: Report) throws -> String? {
        guard let note = report.resolution?.note else { return nil }
        let key = try installation.ownKey()
        return try installation.encryption.decrypt(note, at: Self.notePlace(report.id, key), key: key).string
    }

    func seal(reason: String, of report: UniqueID, from reporter: Person) throws -> BSONValue {
        try installation.encryption.encrypt(
            .string(reason), at: Self.reasonPlace(report, reporter.id), key: reporter.keyID)
    }

    func seal(note: String, of report: UniqueID) throws -> BSONValue {
        let key = try installation.ownKey()
        return try installation.encryption.encrypt(.string(note), at: Self.notePlace(report, key), key: key)
    }

    /// Removes what an account has reported, and what was reported about it.
    func remove(_ account: UniqueID, _ session: MongoSession) throws(MongoError) {
        let either: Document = ["$or": [["reporter": .id(account)], ["reported": .id(account)]]]
        let found = try collection.find(either, projection: ["_id": 1], session: session)
        try messages.remove(found.compactMap { $0["_id"]?.id }, session)
        try collection.deleteMany(either, session: session)
    }

    private static func reasonPlace(_ report: UniqueID, _ reporter: UniqueID) -> FieldPlace {
        FieldPlace(owner: reporter, document: .id(report), field: "report.reason")
    }

    private static func notePlace(_ report: UniqueID, _ key: UniqueID) -> FieldPlace {
        FieldPlace(owner: key, document: .id(report), field: "report.note")
    }
}
