import Foundation
import Testing

/// A file system that holds 256 KiB, where the tests may mount one.
struct SmallDisk {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard try Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=256k,mode=1777", "tmpfs", path]) == 0 else {
            try FileManager.default.removeItem(atPath: path)
            try Test.cancel("no file system can be mounted here")
        }
    }

    /// Takes all the room that there is.
    func fill() throws {
        #expect(try Self.run("/bin/dd", ["if=/dev/zero", "of=\(path)/filling", "bs=4k", "status=none"]) != 0)
    }

    /// Gives the room back.
    func free() {
        try? FileManager.default.removeItem(atPath: path + "/filling")
    }

    func remove() {
        _ = try? Self.run("/bin/umount", ["-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
