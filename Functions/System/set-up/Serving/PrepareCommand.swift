/// What `set-up prepare` does: everything but serving.
enum PrepareCommand {
    static func run(_ settings: Settings) throws(Failure) {
        let preparation = try Preparation(settings: settings, steps: 5)
        defer { preparation.close() }
        try preparation.complete()
        preparation.progress.say("Ready in \(settings.dataDirectory).")
    }
}
