import AccountsStore
import BSON
import Cryptography
import HTTPClient
import Installation
import JSON
import Primitives
import Runtime
import Secrets

/// The operator's address for notices: each is posted as JSON, signed.
struct Webhook {
    private static let timeout = 10_000
    /// Of the time left, what is kept for noting what became of it.
    private static let reserve = 1500

    private let url: String
    private let key: [UInt8]
    private let client: HTTPClient

    /// Reads `WEBHOOK_URL` and the secret `webhook-key`; `nil` where there is no webhook.
    init?(_ installation: Installation) throws(SetUpFailure) {
        guard let url = installation.environment.setting("WEBHOOK_URL") else { return nil }
        guard HTTPRequest.isAddress(url) else {
            throw .configuration("WEBHOOK_URL must be an http: or https: address.")
        }
        self.url = url
        do {
            key = try installation.secrets.readText("webhook-key")
            client = try HTTPClient()
        } catch {
            throw .configuration("WEBHOOK_URL is set, and notices cannot be signed: \(error).")
        }
    }

    /// Posts a notice; any answer of 200 to 299 takes it.
    func send(_ notice: DueNotice, _ context: Context) -> Delivery {
        guard notice.isForOperators else { return .done }
        var request = HTTPRequest("POST", url)
        let body = notice.json.text
        request.headers = [
            HTTPField("Content-Type", "application/json"), HTTPField("User-Agent", "Passerelle"),
            HTTPField("X-Passerelle-Signature", Self.signature(of: body, key: key, at: context.now)),
        ]
        request.body = .bytes(body)
        request.timeout = min(Self.timeout, (context.millisecondsLeft ?? .max) - Self.reserve)
        do {
            let status = try client.send(request).status
            return (200...299).contains(status) ? .done : .failed("status \(status)", isDown: false)
        } catch .tooLong {
            return .failed("the answer is too long", isDown: false)
        } catch {
            return .failed("\(error)", isDown: true)
        }
    }

    /// `t=<seconds>,v1=<HMAC-SHA-256 of "seconds.body" in hexadecimal>`.
    static func signature(of body: [UInt8], key: [UInt8], at now: Timestamp) -> String {
        let mac = HMAC.sha256(key: key, Array("\(now.seconds).".utf8) + body)
        return "t=\(now.seconds),v1=" + Hex.encode(mac)
    }
}

extension DueNotice {
    /// Whether the webhook is told: of everything but wishes for recovery that nothing is sent for.
    var isForOperators: Bool {
        kind != .recoveryRequested || data["send"]?.bool == true
    }

    /// What the webhook gets: ids and times, never a name, an address or a token; not what is for the sending itself.
    var json: JSONValue {
        [
            "id": .string(id.description), "type": .string(kind.rawValue), "at": .string(at.description),
            "alarm": .bool(kind.isAlarm), "accountId": accountID.map { .string($0.description) } ?? .null,
            "data": .object(
                JSONObject(
                    data.elements.filter { $0.name != "send" }.compactMap { element in
                        element.value.json.map { (element.name, $0) }
                    })),
        ]
    }
}

extension BSONValue {
    /// The value as JSON, where it is of a kind that notices say something by.
    fileprivate var json: JSONValue? {
        switch self {
        case .string(let text): .string(text)
        case .bool(let truth): .bool(truth)
        case .int32(let number): .integer(Int64(number))
        case .int64(let number): .integer(number)
        case .date(let date): .string(date.description)
        default: id.map { .string($0.description) }
        }
    }
}
