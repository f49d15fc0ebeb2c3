import Foundation
import Glibc
import Testing

/// Only root can give files to somebody.
@Suite(.enabled(if: getuid() == 0)) struct FunctionFilesTests {
    @Test(arguments: [("backups", true), ("secrets", false)])
    func `root gives functions what they write, backups that were there before among it, and nothing else`(
        target: String, isGiven: Bool
    ) throws {
        let site = try Site()
        let old = "\(site.data)/\(target)/20260102T030405Z"
        try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: "\(old)/accounts"))
        try Data([2]).write(to: URL(fileURLWithPath: "\(site.folder)/elsewhere"))
        try FileManager.default.linkItem(atPath: "\(site.folder)/elsewhere", toPath: "\(old)/linked")
        let run = try site.start("serve", ["BACKUP_TARGET": "\(site.data)/\(target)"])
        try run.waitUntilReady()
        for name in ["audit-heads", "erasures", "snapshots"] { #expect(try owner("\(site.data)/\(name)") != 0) }
        for path in ["\(site.data)/\(target)", old, "\(old)/accounts"] { #expect(try (owner(path) != 0) == isGiven) }
        for name in ["secrets", "secrets/pepper", "mongodb"] { #expect(try owner("\(site.data)/\(name)") == 0) }
        #expect(try owner("\(site.folder)/elsewhere") == 0)
        run.send(SIGTERM)
        #expect(try run.end() == 0)
    }

    private func owner(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.ownerAccountID] as? Int)
    }
}
