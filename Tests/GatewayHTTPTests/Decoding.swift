@testable import GatewayHTTP

/// What a decoder made of some bytes.
enum Outcome: Equatable, CustomStringConvertible {
    case request(String, body: String)
    case refused(Int)
    case needsMore

    var description: String {
        switch self {
        case .request(let head, let body): "\(head) [\(body)]"
        case .refused(let status): "refused \(status)"
        case .needsMore: "needs more"
        }
    }
}

/// Shows a decoder its input piece by piece, as a connection does, and notes what comes out.
struct Decoding {
    private var decoder: RequestDecoder
    private var pending: [UInt8] = []
    private var head: RequestHead?
    private let bodyLimit: Int
    private(set) var outcomes: [Outcome] = []

    init(limits: HTTPLimits = HTTPLimits(), bodyLimit: Int = 64) {
        decoder = RequestDecoder(limits)
        self.bodyLimit = bodyLimit
    }

    static func outcomes(_ pieces: [some Sequence<UInt8>], limits: HTTPLimits = HTTPLimits(), bodyLimit: Int = 64)
        -> [Outcome]
    {
        var decoding = Decoding(limits: limits, bodyLimit: bodyLimit)
        for piece in pieces { decoding.show(piece) }
        return decoding.outcomes + (decoding.isWaiting ? [.needsMore] : [])
    }

    private var isWaiting: Bool {
        if case .refused = outcomes.last { false } else { !decoder.isIdle || !pending.isEmpty }
    }

    private mutating func show(_ piece: some Sequence<UInt8>) {
        if case .refused = outcomes.last { return }
        pending += piece
        let bytes = pending
        var position = 0
        var isGoingOn = true
        while isGoingOn {
            let step = decoder.next(bytes.span, &position)
            isGoingOn = take(step)
        }
        pending.removeFirst(position)
    }

    private mutating func take(_ step: RequestDecoder.Step) -> Bool {
        switch step {
        case .needsMore: return false
        case .refuse(let refusal): outcomes.append(.refused(refusal.status))
        case .head(let head):
            self.head = head
            guard let refusal = decoder.admit(bodyLimit: bodyLimit) else { return true }
            outcomes.append(.refused(refusal.status))
        case .content(let body):
            outcomes.append(.request(Self.summary(head), body: String(decoding: body, as: UTF8.self)))
            return true
        }
        return false
    }

    private static func summary(_ head: RequestHead?) -> String {
        guard let head else { return "no head" }
        let target = head.path + (head.query.map { "?" + $0 } ?? "")
        let fields = head.headers.filter { !["host", "content-length", "transfer-encoding"].contains($0.name) }
        return
            ([head.method, target, head.isHTTP10 ? "1.0" : "1.1", head.keepsAlive ? "stays" : "closes"]
            + fields.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
    }
}
