import Foundation
import Testing

/// The app on somebody's phone: codes from `oathtool`, each step used at most once.
struct Authenticator {
    let secret: String
    private var lastStep: Int64 = 0
    private static let period: Int64 = 30
    private static let marginSeconds: Int64 = 6

    init(secret: String) {
        self.secret = secret
    }

    /// The next code that the server must take: of the step before, this one or the next, never one used already.
    /// Waits where all three have been used.
    mutating func nextCode() throws -> String {
        lastStep = max(lastStep + 1, Self.earliestStep)
        let step = lastStep
        _ = Patience.until { step <= Self.currentStep + 1 }
        return try code(step: step)
    }

    /// The code of the step so many away from the present one.
    func code(away: Int64) throws -> String {
        try code(step: Self.currentStep + away)
    }

    private func code(step: Int64) throws -> String {
        let tool = try Environment.command("oathtool", package: "oathtool")
        let command = try Command([tool, "--totp", "--base32", "--now=@\(step * Self.period)", secret])
        try #require(command.status == 0 && command.text.count == 6)
        return command.text
    }

    /// The step before, unless it may be too old by the time that its code arrives.
    private static var earliestStep: Int64 {
        (Int64(Date().timeIntervalSince1970) + marginSeconds) / period - 1
    }

    private static var currentStep: Int64 {
        Int64(Date().timeIntervalSince1970) / period
    }
}
