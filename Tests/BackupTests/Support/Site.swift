import Foundation
import JSON
import MongoDB
import Testing

/// An installation over a database of its own: the real programs, with a data directory and its secrets.
final class Site {
    let server: Server
    let folder: Folder
    var data: String { folder.path + "/data" }
    var backups: String { folder.path + "/backups" }

    /// With the secrets of another site, as an operator puts them on a new machine.
    init(secretsOf other: Site? = nil) throws {
        server = try Server()
        folder = try Folder()
        guard let other else {
            try #require(try setUp(["prepare"]).status == 0)
            return
        }
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: other.data + "/secrets", toPath: data + "/secrets")
    }

    func setUp(_ words: [String], _ changes: [String: String] = [:]) throws -> Program {
        let ours = ["PATH": "/usr/bin:/bin", "DATA_DIR": data, "MONGODB_URI": server.uri, "BACKUP_TARGET": backups]
        return try Program(
            Folder.programs + "/set-up", words, environment: ours.merging(changes) { _, new in new })
    }

    /// Makes a backup; gives its name.
    func backUp(_ changes: [String: String] = [:]) throws -> String {
        let made = try setUp(["backup"], changes)
        try #require(made.status == 0, "\(made.errors)")
        return try #require(made.output.split(separator: " ").dropFirst().first.map(String.init))
    }

    /// Restores another site's backup into this one.
    func restore(from other: Site, _ words: [String] = [], _ changes: [String: String] = [:]) throws -> Program {
        let theirs = ["BACKUP_TARGET": other.backups, "BACKUP_PRIVATE_KEY": other.data + "/backup-private-key"]
        return try setUp(["restore"] + words, theirs.merging(changes) { _, new in new })
    }

    /// Calls a function once, as a watchdog does; gives its exit status and answer.
    func call(
        _ function: String, _ method: String = "POST", path: String = "/", sending content: JSONValue? = nil,
        with changes: [String: String] = [:]
    ) throws -> (status: Int, json: JSONValue) {
        var environment = [
            "secret_mount_path": data + "/secrets", "Http_Method": method, "Http_Path": path,
            "FUNCTION_REPLY": "cgi", "HASH_SLOTS_PATH": folder.path, "ERASURES_PATH": data + "/erasures",
            "BACKUP_TARGET": backups,
        ]
        if content != nil { environment["Http_Content_Type"] = "application/json" }
        let run = try Program(
            Folder.programs + "/" + function, environment: environment.merging(changes) { _, new in new },
            input: content.map { String(decoding: $0.text, as: UTF8.self) } ?? "")
        let parts = run.output.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let line = parts.first?.split(separator: "\n").first(where: { $0.hasPrefix("Status: ") }) else {
            throw TestFailure("\(function) gave no answer: \(run.errors)")
        }
        let status = try #require(Int(line.dropFirst("Status: ".count).prefix(3)))
        let body = parts.count == 2 ? Array(parts[1].utf8) : []
        return (status, body.isEmpty ? .null : try JSONValue(parsing: body))
    }

    func collection(_ name: String) throws -> MongoCollection {
        try server.client().collection("passerelle", name)
    }
}
