import Foundation

/// A gateway whose administrator's name and password are secrets, with functions of its own to change.
struct AdministeredGateway {
    let gateway: RunningGateway
    let folder: URL

    static let stack = """
        provider: {name: openfaas}
        functions:
          plain:
            image: registry.example/plain:latest
            fprocess: faulty-function
            environment: {COLOUR: blue, exec_timeout: 5s, MAIL: "smtp://user:hidden@mail.example/x"}
            labels: {com.openfaas.scale.max: "2", team: red}
            annotations: {passerelle.async: "true", note: kept}
            limits: {memory: 128Mi, cpu: 100m}
          guarded:
            fprocess: faulty-function
            secrets: [pepper]
            environment: {COLOUR: green}
          once:
            fprocess: faulty-function
            annotations: {passerelle.mode: one-shot, passerelle.started-ahead: "0"}
        """

    /// The secrets lie in a folder that stands already where one is named.
    init(
        stack: String = Self.stack, programs: [String] = ["faulty-function"], secretsIn place: String? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "system-\(UUID().uuidString)")
        let secrets = place.map { URL(fileURLWithPath: $0) } ?? folder.appending(path: "secrets")
        let functions = folder.appending(path: "functions")
        for path in [secrets, functions] {
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        }
        for (name, value) in [
            ("basic-auth-user", "admin"), ("basic-auth-password", "s3cret:with colon\n"), ("pepper", "x"),
        ] {
            try Data(value.utf8).write(to: secrets.appending(path: name))
        }
        for name in programs {
            try FileManager.default.copyItem(
                atPath: RunningGateway.products + "/faulty-function", toPath: functions.path + "/" + name)
        }
        gateway = try RunningGateway(
            stack: stack, environment: ["SECRETS": secrets.path, "FUNCTIONS": functions.path])
    }

    func close() {
        gateway.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Asks as the administrator, as OpenFaaS's command line does.
    func ask(_ method: String, _ path: String, _ body: String? = nil) throws -> Answer {
        try gateway.ask(
            path, "-X", method, "-u", "admin:s3cret:with colon", "-H", "User-Agent: faas-cli/0.18.0", body: body)
    }

    func json(_ path: String) throws -> Any? {
        try JSONSerialization.jsonObject(with: Data(ask("GET", path).body.utf8))
    }

    func function(_ name: String) throws -> [String: Any] {
        (try json("/system/function/\(name)?namespace=openfaas-fn&usage=1")) as? [String: Any] ?? [:]
    }

    func call(_ name: String, _ body: String) throws -> Answer {
        try gateway.ask("/function/" + name, body: body)
    }
}
