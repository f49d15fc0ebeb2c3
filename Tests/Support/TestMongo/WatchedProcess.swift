import Foundation

/// A child that is killed when this process ends, however that comes: a shell beside it waits for the end of a pipe.
final class WatchedProcess: Sendable {
    /// Kills `$1` at the end of the input; then, unless told to keep it, removes the folder `$2`.
    private static let script = """
        read -r line
        kill -KILL "$1"
        [ "$line" = keep ] && exit
        for attempt in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" && sleep 0.1; done
        rm -rf "$2"
        """

    private let process: Locked<Process>
    private let watcher: Locked<Process>
    private let leash: FileHandle

    /// Starts `binary`; `folder` is removed after it when this process ends.
    init(_ binary: String, _ arguments: [String], folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments
        let leash = Pipe()
        let watcher = Process()
        watcher.executableURL = URL(fileURLWithPath: "/bin/sh")
        for each in [process, watcher] {
            each.standardInput = FileHandle.nullDevice
            each.standardOutput = FileHandle.nullDevice
            each.standardError = FileHandle.nullDevice
        }
        try process.run()
        watcher.standardInput = leash
        watcher.arguments = ["-c", Self.script, "sh", String(process.processIdentifier), folder]
        try watcher.run()
        self.process = Locked(process)
        self.watcher = Locked(watcher)
        self.leash = leash.fileHandleForWriting
    }

    deinit {
        try? leash.close()
    }

    /// Kills the child as the kernel would, waits until it is gone, and keeps its files.
    func kill() {
        guard watcher.get().isRunning else { return }
        leash.write(Data("keep\n".utf8))
        process.get().waitUntilExit()
        watcher.get().waitUntilExit()
    }

    /// Sends a signal; with `SIGSTOP`, waits until every thread stands still.
    func signal(_ signal: Int32) {
        let pid = process.get().processIdentifier
        _ = Foundation.kill(pid, signal)
        while signal == SIGSTOP, process.get().isRunning, !standsStill(pid) { usleep(10_000) }
    }

    private func standsStill(_ pid: Int32) -> Bool {
        let tasks = "/proc/\(pid)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return threads.allSatisfy { thread in
            let status = (try? String(contentsOfFile: "\(tasks)/\(thread)/stat", encoding: .utf8)) ?? ""
            return status.isEmpty || status.contains(") T ")
        }
    }
}
