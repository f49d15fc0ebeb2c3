import Runtime
import Wire

/// What a settling function did, in order.
final class Record {
    var events: [String] = []
    /// How many times settling fails yet.
    var failures: Int
    /// How many times each content was answered.
    var answers: [String: Int] = [:]

    init(failures: Int = 0) {
        self.failures = failures
    }
}

/// Leaves each call unsettled that another one follows, but for those that it refuses.
struct SettlingFunction: FunctionHandler {
    private let record: Record
    private(set) var isSettled = true

    init(_ record: Record) {
        self.record = record
    }

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        record = Record()
    }

    mutating func answer(_ request: Request, _ context: Context) throws -> Answer {
        let text = String(decoding: request.invocation.body, as: UTF8.self)
        if text == "refuse" { return Answer(body: Array("refused".utf8)) }
        isSettled = !context.waiting.areThere
        record.events.append((isSettled ? "settle " : "leave ") + text)
        record.answers[text, default: 0] += 1
        return Answer(body: Array("\(text) \(record.answers[text] ?? 0)".utf8))
    }

    mutating func settle() throws {
        isSettled = true
        record.failures -= 1
        record.events.append(record.failures < 0 ? "settle" : "fail")
        if record.failures >= 0 { throw Mishap(secret: "") }
    }
}
