/// What is said once the gateway is ready: where, and what to try first.
struct Greeting {
    let address: String
    let settings: Settings
    /// The functions that callers from outside may call.
    let functions: [String]

    var text: String {
        """

        Passerelle is ready at \(address)   (Ctrl-C stops it)

          curl \(address)/healthz
          curl \(address)/function/echo -d 'hello'
          curl \(address)/function/create-account -H 'Content-Type: application/json' -d '{"login": "alice"}'

        \(table)

        Data and secrets are in \(settings.dataDirectory), the contract is at \(address)/openapi.json
        """
    }

    private var table: String {
        let width = (functions.map(\.count).max() ?? 0) + 2
        let rows = functions.map { name in
            "  " + name + String(repeating: " ", count: width - name.count) + "\(address)/function/\(name)"
        }
        return (["Functions:"] + rows).joined(separator: "\n")
    }
}
