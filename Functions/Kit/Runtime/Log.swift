import Glibc
public import JSON
import Platform
import Primitives

/// Writes one line of JSON for each thing that the operator should know, on standard error.
public struct Log: Sendable {
    /// How much a line matters.
    public enum Level: String, Sendable {
        /// Something worth knowing.
        case info
        /// Something that may want a look.
        case warning
        /// Something that failed.
        case error
    }

    private let callID: String

    /// A log whose lines name the call.
    public init(callID: String) {
        self.callID = callID
    }

    /// Writes a line; `fields` must hold nothing secret and nothing a caller chose freely.
    public func write(_ level: Level, _ event: String, _ fields: JSONObject = JSONObject()) {
        var line = JSONObject([
            ("time", .string(SystemClock().now.description)), ("level", .string(level.rawValue)),
            ("event", .string(event)), ("callId", .string(callID)),
        ])
        for field in fields.members { line.append(field.name, field.value) }
        let bytes = JSONValue.object(line).text + [UInt8(ascii: "\n")]
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
