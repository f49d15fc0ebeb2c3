import Testing

/// The manifests in Gateway/Deploy/kubernetes.
@Suite struct KubernetesTests {
    let documents: [YAML]
    let stack: YAML

    init() throws {
        let kustomization = try YAML.document("Gateway/Deploy/kubernetes/kustomization.yaml")
        let files = kustomization["resources"].texts.map { "Gateway/Deploy/kubernetes/" + $0 }
        documents = try YAML.documents(files).flatMap(\.documents)
        stack = try YAML.document("stack.yml")
    }

    private func documents(_ kind: String) -> [YAML] {
        documents.filter { $0["kind"].text == kind }
    }

    /// The pods' specifications, by the name of what makes them.
    private var pods: [String: YAML] {
        let makers = documents.filter { $0["spec", "template", "spec"] != .null }
        return Dictionary(
            makers.map { ($0["metadata", "name"].text ?? "", $0["spec", "template", "spec"]) }, uniquingKeysWith: { $1 }
        )
    }

    private func containers(_ pod: YAML) -> [YAML] {
        pod["containers"].list + pod["initContainers"].list
    }

    @Test func `all manifests belong to the kustomization, and each kind is there`() throws {
        let named = try YAML.document("Gateway/Deploy/kubernetes/kustomization.yaml")["resources"].texts
        let there = Repository.files(below: "Gateway/Deploy/kubernetes", named: ".yaml")
            .map { String($0.split(separator: "/").last ?? "") }
        #expect(Set(named) == Set(there).subtracting(["kustomization.yaml"]))
        let kinds = Set(documents.compactMap { $0["kind"].text })
        #expect(
            kinds.isSuperset(of: [
                "Namespace", "NetworkPolicy", "StatefulSet", "Service", "Deployment", "Job", "Ingress",
                "PodDisruptionBudget",
            ]))
    }

    @Test func `every container is without rights, writes nothing to its image, and has bounds`() {
        #expect(pods.count == 3)
        for (name, pod) in pods {
            #expect(pod["automountServiceAccountToken"] == .flag(false), "\(name)")
            #expect(pod["securityContext", "runAsNonRoot"] == .flag(true), "\(name)")
            #expect(pod["securityContext", "seccompProfile", "type"].text == "RuntimeDefault", "\(name)")
            for container in containers(pod) {
                let context = container["securityContext"]
                #expect(context["readOnlyRootFilesystem"] == .flag(true), "\(name)")
                #expect(context["allowPrivilegeEscalation"] == .flag(false), "\(name)")
                #expect(context["capabilities", "drop"].texts == ["ALL"], "\(name)")
                #expect(context["privileged"] == .null && context["runAsUser"] == .null, "\(name)")
                for bound in ["cpu", "memory"] {
                    #expect(container["resources", "limits", bound] != .null, "\(name): \(bound)")
                    #expect(container["resources", "requests", bound] != .null, "\(name): \(bound)")
                }
            }
        }
    }

    @Test func `what serves is watched`() {
        for name in ["gateway", "mongod"] {
            let container = pods.values.flatMap(containers).first { $0["name"].text == name } ?? .null
            for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
                #expect(container[probe] != .null, "\(name): \(probe)")
            }
        }
    }

    @Test func `the gateway gets the secrets that stack.yml names, and those of the API`() throws {
        let declared = Set(stack["functions"].table.values.flatMap { $0["secrets"].texts })
        let wanted = declared.union(["basic-auth-user", "basic-auth-password"])
        for name in ["gateway", "prepare"] {
            let pod = try #require(pods[name])
            let sources = pod.allTables.map { $0["secret"] }.filter { $0 != .null }
            #expect(Set(sources.compactMap { $0["name"].text }) == wanted, "\(name)")
            for source in sources {
                #expect(source["items"].list.map { $0["path"].text } == [source["name"].text], "\(name)")
            }
        }
    }

    @Test func `secrets are named, and none has its value here`() {
        #expect(documents("Secret").isEmpty)
        for container in pods.values.flatMap(containers) {
            for variable in container["env"].list where variable["value"] != .null {
                #expect(["DATA_DIR", "HOME"].contains(variable["name"].text), "\(variable)")
            }
        }
    }

    @Test
    func `the script for secrets makes all that the manifests name, keeps what is there, and lets nobody else read`()
        throws
    {
        let folder = try ScratchFolder()
        let first = try Command("Gateway/Deploy/local/make-secrets", ["--mongodb", folder.path])
        #expect(first.status == 0, "\(first.output)")
        let named = pods.values.flatMap(\.allTables).compactMap { $0["secret", "name"].text }
        #expect(Set(folder.files) == Set(named))
        let modes = try Command("stat", ["-c", "%a"] + folder.files, in: folder.path).output.split(separator: "\n")
        #expect(Set(modes) == ["600"])
        let before = try Command("sha256sum", folder.files, in: folder.path).output
        #expect(try Command("Gateway/Deploy/local/make-secrets", ["--mongodb", folder.path]).status == 0)
        #expect(try Command("sha256sum", folder.files, in: folder.path).output == before)
    }

    @Test func `nothing is reached but what a policy opens`() {
        let policies = documents("NetworkPolicy")
        let closing = policies.filter { $0["spec", "podSelector"] == .table([:]) && $0["spec", "ingress"] == .null }
        #expect(closing.contains { $0["spec", "policyTypes"].texts == ["Ingress", "Egress"] })
        #expect(
            documents("Namespace").first?["metadata", "labels", "pod-security.kubernetes.io/enforce"].text
                == "restricted")
    }
}
