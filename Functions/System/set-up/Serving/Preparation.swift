/// What `set-up prepare` does: everything but serving.
enum Preparation {
    static func run(_ settings: Settings) throws(Failure) {
        let installation = try Installation(settings: settings, steps: 5)
        defer { installation.close() }
        try installation.complete()
        installation.progress.say("Ready in \(settings.dataDirectory).")
    }
}
