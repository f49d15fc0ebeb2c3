import Foundation

/// The mongod to test against: `$MONGOD`, or one on the PATH, or the one that `make test` has put under `.tools`.
package enum MongoBinary {
    package static func path() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let onPath = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/mongod" }
        let candidates = [environment["MONGOD"]].compactMap(\.self) + onPath + [packageRoot + "/.tools/mongodb/mongod"]
        guard let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw TestFailure("no mongod: set MONGOD, or put one on the PATH or at .tools/mongodb/mongod")
        }
        return found
    }

    package static var packageRoot: String {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.path
    }
}
