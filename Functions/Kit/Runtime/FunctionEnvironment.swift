import Glibc
public import Platform
public import Primitives

/// What a function is started with: its variables, its secrets' folder, and the sources of time and chance.
public struct FunctionEnvironment: Sendable {
    /// The process's environment variables.
    public let variables: [String: String]
    /// The folder that holds the secrets, one file each.
    public let secretsPath: String
    /// The time of day.
    public let clock: any WallClock
    /// Where random bytes come from.
    public let random: any RandomSource

    /// Takes the given variables; tests hold the clock and the chance.
    public init(
        variables: [String: String], clock: any WallClock = SystemClock(), random: any RandomSource = SystemRandom()
    ) {
        self.variables = variables
        self.clock = clock
        self.random = random
        secretsPath = variables["secret_mount_path"] ?? "/var/openfaas/secrets"
    }

    /// A variable's value; `nil` where it is not set or empty.
    public func setting(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The whole number in a variable, or `fallback` where it is not set; throws for anything else or out of `range`.
    public func number(
        _ name: String, default fallback: Int, in range: ClosedRange<Int>
    ) throws(SetUpFailure) -> Int {
        guard let text = variables[name], !text.isEmpty else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw .configuration(
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\".")
        }
        return number
    }

    /// The size in a variable, bytes or with a unit (`64KiB`, `1MiB`, `64k`), or `fallback` where it is not set.
    public func size(_ name: String, default fallback: Int) throws(SetUpFailure) -> Int {
        guard let text = variables[name], !text.isEmpty else { return fallback }
        guard let size = ByteSize.parse(text) else {
            throw .configuration("\(name) must be a size such as 65536, 64KiB or 1MiB, not \"\(text)\".")
        }
        return size
    }
}

enum ByteSize {
    private static let units: [(String, Int)] = [
        ("kib", 1 << 10), ("mib", 1 << 20), ("ki", 1 << 10), ("mi", 1 << 20), ("kb", 1000), ("mb", 1_000_000),
        ("k", 1 << 10), ("m", 1 << 20), ("b", 1), ("", 1),
    ]

    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count).lowercased()
        guard let count = Int(digits), let unit = units.first(where: { $0.0 == suffix }) else { return nil }
        let (size, overflow) = count.multipliedReportingOverflow(by: unit.1)
        return overflow || size > 1 << 30 ? nil : size
    }
}
