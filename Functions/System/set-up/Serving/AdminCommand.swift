import AccountsDomain

/// What `set-up admin LOGIN` does: makes an admin's hand-out, beside a server that runs or by starting the database.
enum AdminCommand {
    static func run(_ login: Login, _ settings: Settings) throws(Failure) {
        if DataDirectory.isTaken(settings.dataDirectory) { return try handOut(login, settings) }
        let preparation = try Preparation(settings: settings, steps: 5, isQuiet: true)
        defer { preparation.close() }
        try preparation.complete()
        try handOut(login, settings)
    }

    private static func handOut(_ login: Login, _ settings: Settings) throws(Failure) {
        StandardStream.output.write(try AdminDesk(settings).handOut(login) + "\n")
    }
}
