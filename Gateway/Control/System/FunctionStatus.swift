import GatewayStack
import GatewayWorkers
import JSON
import Primitives

/// A function as OpenFaaS's tools see it.
enum FunctionStatus {
    /// The status of a function that was called so often.
    static func json(_ entry: FunctionEntry, calls: Int, usage: ProcessUsage) -> JSONValue {
        let (definition, load) = (entry.definition, entry.pool.load)
        let isOneShot = definition.settings.mode == .oneShot
        let workers = isOneShot ? 1 : load.workers
        return .object(
            JSONObject(
                described(definition, namespace: entry.namespace) + [
                    ("invocationCount", .integer(Int64(calls))),
                    ("replicas", .integer(Int64(max(workers, entry.pool.floor)))),
                    ("availableReplicas", .integer(Int64(workers))),
                    ("createdAt", .string(entry.createdAt.description)),
                    (
                        "usage",
                        [
                            "cpu": .integer(Int64(usage.millicores)), "totalMemoryBytes": .integer(Int64(usage.memory)),
                        ]
                    ),
                ]))
    }

    private static func described(
        _ definition: FunctionDefinition, namespace: String
    ) -> [(String, JSONValue)] {
        [
            ("name", .string(definition.name)), ("image", .string(definition.image)),
            ("namespace", .string(namespace)),
            ("envProcess", .string(definition.fprocess ?? definition.name)),
            ("envVars", table(definition.environment.mapValues(withoutPassword))),
            ("constraints", .array(definition.constraints.map(JSONValue.string))),
            ("secrets", .array(definition.secrets.map(JSONValue.string))),
            ("labels", table(definition.labels)), ("annotations", table(definition.annotations)),
            ("limits", resources(definition.limits)), ("requests", resources(definition.requests)),
            ("readOnlyRootFilesystem", .bool(definition.hasReadOnlyRoot)),
        ]
    }

    private static func table(_ values: [String: String]) -> JSONValue {
        .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    private static func resources(_ resources: Resources) -> JSONValue {
        var members: [(String, JSONValue)] = []
        if let memory = resources.memory { members.append(("memory", .string(String(memory)))) }
        if let millicores = resources.millicores { members.append(("cpu", .string("\(millicores)m"))) }
        return members.isEmpty ? .null : .object(JSONObject(members))
    }

    /// A URL's user and password are not shown.
    static func withoutPassword(_ value: String) -> String {
        guard let scheme = value.firstRange(of: "://") else { return value }
        let authority = value[scheme.upperBound...].prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return value }
        return value[..<scheme.upperBound] + "***" + value[at...]
    }
}
