/// What is said once the gateway is ready: where, and what to try first.
struct Greeting {
    let address: String
    let settings: Settings

    var text: String {
        """

        Passerelle is ready at \(address)   (Ctrl-C stops it)

          curl \(address)/healthz
          curl \(address)/function/echo -d 'hello'
          curl \(address)/function/create-account -H 'Content-Type: application/json' -d '{"login": "alice"}'

        Data and secrets are in \(settings.dataDirectory), the contract is at \(address)/openapi.json
        """
    }
}
