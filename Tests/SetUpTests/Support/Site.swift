import Foundation
import TestPorts
import Testing

/// A folder with the program under test, a gateway to stand in, and a data directory; removed in the end.
final class Site {
    let folder: String
    var data: String { folder + "/data" }
    var secrets: String { data + "/secrets" }
    let port: UInt16

    init(gateway: String = StandIn.patient, folderName: String = UUID().uuidString) throws {
        folder = "/var/tmp/passerelle-\(folderName)"
        port = try FreePort.take()
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try files.copyItem(atPath: Self.programs + "/set-up", toPath: folder + "/set-up")
        try write("passerelle", gateway, mode: 0o755)
        try write("stack.yml", "version: 1.0\n", mode: 0o644)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts `set-up` with the settings of this site and those given.
    func start(_ command: String, _ changes: [String: String] = [:]) throws -> Run {
        try start([folder + "/set-up", command], changes)
    }

    /// Starts any program in the environment that `set-up` gets.
    func start(_ words: [String], _ changes: [String: String] = [:]) throws -> Run {
        let ours = [
            "PATH": "/usr/bin:/bin:\(Self.packageRoot)/.tools/mongodb", "DATA_DIR": data, "PORT": String(port),
        ]
        return try Run(words, environment: ours.merging(changes) { _, new in new }, in: folder)
    }

    func write(_ name: String, _ text: String, mode: Int) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder + "/" + name)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + name)
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// Processes that run anywhere with this site in their arguments or environment.
    var processes: [Int32] {
        Processes.all.filter { Processes.mentions($0, folder) }
    }

    /// The database that belongs to this site.
    var mongod: Int32? {
        processes.first { Processes.name($0) == "mongod" }
    }

    private static let packageRoot =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        + "/../../.."

    /// Where the test bundle and the programs were built.
    private static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
}
