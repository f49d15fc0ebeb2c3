import Testing

/// Gives a suite an installation that is started before its first test and stopped after its last.
struct InstallationTrait: SuiteTrait, TestScoping {
    var settings: [String: String] = [:]

    func provideScope(
        for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
    ) async throws {
        let installation = try Installation(settings)
        defer { installation.remove() }
        defer { installation.stop() }
        try await Installation.$running.withValue(installation) { try await tests() }
    }
}

extension Trait where Self == InstallationTrait {
    /// One installation for all tests of the suite.
    static var installation: Self { Self() }

    /// The same with settings of its own.
    static func installation(_ settings: [String: String]) -> Self { Self(settings: settings) }
}
