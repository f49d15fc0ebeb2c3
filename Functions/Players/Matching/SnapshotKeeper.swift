import Glibc
import JSON
import Platform
import PlayersDomain
import PlayersSnapshot
import Runtime
import Synchronization

/// A thread beside the calls that keeps a folder's snapshots true, in the one process that has the folder's lock. Any
/// other one waits to take its place.
final class SnapshotKeeper: Sendable {
    private let end = End()
    private let thread: BackgroundThread
    private static let pause: UInt32 = 100_000
    private static let tellingFailures = 5

    /// Tells the thread to stop.
    private final class End: Sendable {
        let isAsked = Atomic(false)
    }

    init(_ environment: FunctionEnvironment, _ zones: any ZoneSource, _ folder: SnapshotFolder) throws(SystemError) {
        let end = end
        thread = try BackgroundThread {
            Self.keep(environment, zones, folder) { !end.isAsked.load(ordering: .relaxed) }
        }
    }

    deinit {
        end.isAsked.store(true, ordering: .relaxed)
        thread.join()
    }

    private static func keep(
        _ environment: FunctionEnvironment, _ zones: any ZoneSource, _ folder: SnapshotFolder,
        _ goesOn: @escaping () -> Bool
    ) {
        var failures = 0
        while goesOn() {
            do {
                if let lock = try folder.takeLock() {
                    try follow(environment, zones, folder, lock, goesOn) { failures = 0 }
                }
                failures = 0
            } catch SnapshotFollower.Interruption.stopped {
                return
            } catch {
                // A server that has only just started is not worth a line; one that is away for long is told of once.
                failures += 1
                if failures == tellingFailures {
                    Log(callID: "").write(.warning, "snapshot.stopped", JSONObject([("cause", .string("\(error)"))]))
                }
                usleep(3 * pause)
            }
            usleep(pause)
        }
    }

    private static func follow(
        _ environment: FunctionEnvironment, _ zones: any ZoneSource, _ folder: SnapshotFolder,
        _ lock: borrowing KeeperLock, _ goesOn: @escaping () -> Bool, _ hasFollowed: () -> Void
    ) throws {
        let follower = try SnapshotFollower(SnapshotReader(environment, zones), folder, environment.clock, goesOn)
        while goesOn() {
            try follower.turn()
            hasFollowed()
        }
    }
}
