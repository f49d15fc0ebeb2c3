import Foundation
import Testing

@Suite struct SchedulerTests {
    /// Who fires what is due every so often is granted anew every ten seconds, at the very moment.
    @Test func `what is due whenever the right to call begins anew is called`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "script-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["granter", "due"] {
            let script = folder.appending(path: name)
            try FileManager.default.createDirectory(at: script, withIntermediateDirectories: true)
            // Functions of a gateway that is root write there as another user.
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: script.path)
            try Data("200\n\n{\"granted\":true}".utf8).write(to: script.appending(path: "answer"))
        }
        let gateway = try RunningGateway(
            stack: """
                functions:
                  queue-calls:
                    fprocess: scripted-function
                    environment: {SCRIPT: "\(folder.path)/granter"}
                    annotations: {passerelle.internal: "true"}
                  due:
                    fprocess: scripted-function
                    environment: {SCRIPT: "\(folder.path)/due"}
                    annotations: {passerelle.every: 10s}
                """)
        defer { gateway.close() }
        let isCalled = eventually {
            FileManager.default.fileExists(atPath: folder.appending(path: "due/calls").path)
        }
        #expect(isCalled, "\(gateway.rawLog)")
    }
}
