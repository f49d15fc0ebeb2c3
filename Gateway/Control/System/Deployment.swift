import GatewayStack
import JSON

/// What OpenFaaS's tools send to deploy a function; members that are null count as left out.
struct Deployment: JSONObjectReadable {
    let service: String
    let namespace: String?
    private let image: String?
    private let process: String?
    private let environment: [String: String]?
    private let labels: [String: String]?
    private let annotations: [String: String]?
    private let secrets: [String]?

    init(members: inout JSONMembers) throws(JSONError) {
        service = try members.required("service")
        namespace = try members.optional("namespace")
        image = try members.optional("image")
        process = try members.optional("envProcess")
        environment = try members.optional("envVars", as: TextTable.self)?.values
        labels = try members.optional("labels", as: TextTable.self)?.values
        annotations = try members.optional("annotations", as: TextTable.self)?.values
        secrets = try members.optional("secrets")
        for name in ["constraints", "limits", "requests", "readOnlyRootFilesystem", "network", "registryAuth"] {
            _ = try members.optional(name, as: AnyJSON.self)
        }
    }

    /// What it changes of the function that the stack file describes; throws for what is no business of this API.
    func change(of written: FunctionDefinition) throws(Problem) -> FunctionChange {
        try checkProgram(written)
        let read = written.secrets + written.settings.optionalSecrets
        if read.contains(where: SecretFolder.isOwn) { try checkUntouched(written) }
        let annotations = try annotations.map { given throws(Problem) in try Self.annotations(given, over: written) }
        if let environment { try Self.checkLoader(environment, written) }
        return FunctionChange(
            environment: Self.differing(environment, written.environment),
            labels: Self.differing(labels, written.labels),
            annotations: Self.differing(annotations, written.annotations))
    }

    /// `nil` for what the stack file says anyway, so that it is still followed when it changes.
    private static func differing(_ given: [String: String]?, _ written: [String: String]) -> [String: String]? {
        given == written ? nil : given
    }

    /// The program, and which secrets it may read, are the stack file's to say.
    private func checkProgram(_ written: FunctionDefinition) throws(Problem) {
        if let process, !process.isEmpty, process != written.fprocess ?? written.name {
            throw .forbidden("What a function runs is said in the stack file alone.")
        }
        if let secrets, !secrets.isEmpty, Set(secrets) != Set(written.secrets) {
            throw .forbidden("Which secrets a function may read is said in the stack file alone.")
        }
        if let image, !image.isEmpty, Self.name(ofImage: image) != Self.name(ofImage: written.image) {
            throw .invalid("Images are not run here; the function's program is the one beside the gateway.")
        }
    }

    /// A function that reads the installation's own secrets keeps its variables and annotations.
    private func checkUntouched(_ written: FunctionDefinition) throws(Problem) {
        let changes = [(environment, written.environment), (annotations, written.annotations)]
        guard changes.allSatisfy({ given, kept in given == nil || given == [:] || given == kept }) else {
            throw .forbidden("This function reads the installation's own secrets; it can be paused and scaled only.")
        }
    }

    /// The annotations to keep: the gateway's own are those of the stack file, whatever is left out.
    private static func annotations(
        _ given: [String: String], over written: FunctionDefinition
    ) throws(Problem) -> [String: String] {
        let kept = written.annotations.filter { $0.key.hasPrefix("passerelle.") }
        for (name, value) in given where name.hasPrefix("passerelle.") && kept[name] != value {
            throw .forbidden("Annotations that begin with \"passerelle.\" are said in the stack file alone.")
        }
        return given.merging(kept) { _, kept in kept }
    }

    private static func checkLoader(
        _ given: [String: String], _ written: FunctionDefinition
    ) throws(Problem) {
        for (name, value) in given where name.hasPrefix("LD_") && written.environment[name] != value {
            throw .forbidden("Variables that begin with \"LD_\" are said in the stack file alone.")
        }
    }

    /// An image's name without registry, tag and digest.
    private static func name(ofImage image: String) -> Substring {
        let last = image.split(separator: "/").last ?? ""
        return last.prefix { $0 != ":" && $0 != "@" }
    }
}

/// A mapping of texts to texts.
private struct TextTable: JSONReadable {
    let values: [String: String]

    init(json: JSONValue) throws(JSONError) {
        guard case .object(let object) = json else { throw JSONError("must be an object") }
        var values: [String: String] = [:]
        for member in object.members {
            guard case .string(let text) = member.value, !text.utf8.contains(0), !member.name.utf8.contains(0) else {
                throw JSONError("must be a text without NUL").inside(member.name)
            }
            values[member.name] = text
        }
        self.values = values
    }
}

/// A value that is known and passed over.
private struct AnyJSON: JSONReadable {
    init(json: JSONValue) throws(JSONError) {}
}
