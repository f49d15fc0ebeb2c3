import AccountsStore
import HTTPClient
import JSON
import MongoDB
import Primitives
import Runtime

/// What became of one attempt to send a notice one way.
enum Delivery {
    /// It has arrived, or there is nothing to send this way.
    case done
    /// It may work later; `isDown` where the way itself is closed, for other notices as well.
    case failed(String, isDown: Bool)
    /// It will never work.
    case impossible(String)
}

/// One call's work: notices one after another, each by every way that it has not gone yet.
struct DeliveryRound {
    /// For how long new notices are taken.
    private static let length: Duration = .seconds(15)
    /// Less time than this is not enough for another one.
    private static let least = 3000

    private let notices: Notices
    private let webhook: Webhook?
    private let postman: Postman?
    private let context: Context
    private let end: ContinuousClock.Instant = .now + Self.length
    private var down: Set<Notices.Channel> = []
    private var sent: Int64 = 0
    private var failed: Int64 = 0
    private var givenUp: Int64 = 0

    init(_ notices: Notices, _ webhook: Webhook?, _ postman: Postman?, _ context: Context) {
        self.notices = notices
        self.webhook = webhook
        self.postman = postman
        self.context = context
    }

    /// Whether there is time for another notice, and a way left to send it.
    var mayGoOn: Bool {
        let open = configured.subtracting(down)
        return .now < end && context.millisecondsLeft ?? .max > Self.least && (configured.isEmpty || !open.isEmpty)
    }

    private var configured: Set<Notices.Channel> {
        var channels: Set<Notices.Channel> = []
        if webhook != nil { channels.insert(.webhook) }
        if postman != nil { channels.insert(.mail) }
        return channels
    }

    /// What was done, counted.
    var answer: Answer {
        let answer = Answer.json(
            ["sent": .integer(sent), "failed": .integer(failed), "givenUp": .integer(givenUp)])
        return givenUp == 0 ? answer : answer.counting("notice_given_up")
    }

    /// Sends a notice every way that is open to it, and notes what became of it.
    mutating func deliver(_ notice: DueNotice) throws {
        var waiting: [Notices.Channel] = []
        var impossible: [Notices.Channel] = []
        for channel in [Notices.Channel.mail, .webhook] where !notice.delivered.contains(channel) {
            switch attempt(notice, by: channel) {
            case .done: try notices.note(notice, deliveredBy: channel)
            case .impossible(let reason):
                impossible.append(channel)
                log(.error, "notice.given-up", notice, channel, reason)
            case .failed(let reason, let isDown):
                waiting.append(channel)
                if isDown { down.insert(channel) }
                log(.warning, "notice.not-sent", notice, channel, reason)
            }
        }
        try settle(notice, waiting: waiting, impossible: impossible)
    }

    private mutating func settle(
        _ notice: DueNotice, waiting: [Notices.Channel], impossible: [Notices.Channel]
    ) throws(MongoError) {
        let now = context.now
        guard !waiting.isEmpty else {
            if impossible.isEmpty { sent += 1 } else { givenUp += 1 }
            return try notices.finish(notice, givingUp: impossible, at: now)
        }
        guard let next = Backoff.next(after: notice.attempt, firstAt: notice.at, now: now) else {
            givenUp += 1
            for channel in waiting { log(.error, "notice.given-up", notice, channel, "a day has passed") }
            return try notices.finish(notice, givingUp: waiting + impossible, at: now)
        }
        failed += 1
        try notices.putOff(notice, until: next)
    }

    private func attempt(_ notice: DueNotice, by channel: Notices.Channel) -> Delivery {
        if down.contains(channel) { return .failed("the one before did not get through", isDown: true) }
        switch channel {
        case .webhook: return webhook?.send(notice, context) ?? .done
        case .mail:
            do {
                return try postman?.send(notice, context) ?? .done
            } catch {
                return .failed("\(error)", isDown: false)
            }
        }
    }

    private func log(
        _ level: Log.Level, _ event: String, _ notice: DueNotice, _ channel: Notices.Channel, _ reason: String
    ) {
        context.log.write(
            level, event,
            JSONObject([
                ("notice", .string(notice.id.description)), ("type", .string(notice.kind.rawValue)),
                ("channel", .string(channel.rawValue)), ("attempt", .integer(notice.attempt)),
                ("reason", .string(reason)),
            ]))
    }
}
