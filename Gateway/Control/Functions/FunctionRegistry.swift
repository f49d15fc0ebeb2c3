import GatewayEventLoop
import GatewayStack
import GatewayWorkers
import Platform

/// The functions that are served: what the stack file says of them, what was changed by hand, and their processes.
///
/// A function whose definition or program changes gets new processes; those it had answer what they were given.
final class FunctionRegistry {
    /// Milliseconds that a pool is kept after its last worker was let go, until its processes are gone for certain.
    private static let afterglow = 10_000

    /// What the stack file says, in its order.
    private(set) var stack: [FunctionDefinition] = []
    /// What was changed by hand, by the function's name.
    private(set) var changes: [String: FunctionChange] = [:]
    /// The functions that take calls, by name.
    private(set) var entries: [String: FunctionEntry] = [:]
    /// Called with the functions that take calls, whenever they change.
    var onChange: ([FunctionEntry]) -> Void = { _ in }

    private let loop: EventLoop
    private let log: GatewayLog
    private let table: ProcessTable
    private let launches: FunctionLaunch
    private var draining: [(pool: any FunctionPool, idleSince: Instant?)] = []
    private var seen: [String: FileMark] = [:]

    init(loop: EventLoop, log: GatewayLog, table: ProcessTable, launches: FunctionLaunch) {
        self.loop = loop
        self.log = log
        self.table = table
        self.launches = launches
    }

    /// Serves what a stack file says; throws, and changes nothing, where one of its functions cannot be served.
    func take(_ stack: [FunctionDefinition]) throws(StartFailure) {
        let names = Set(stack.map(\.name))
        try apply(stack, changes.filter { names.contains($0.key) })
    }

    /// Throws what its functions would find wrong with their settings and secrets.
    func checkSettings(_ stack: [FunctionDefinition]) throws(StartFailure) {
        try SettingsCheck(launches).perform(stack)
    }

    /// Changes one function by hand; throws, and changes nothing, where it cannot be served so.
    func change(_ name: String, to change: FunctionChange) throws(StartFailure) {
        var changes = changes
        changes[name] = change
        try apply(stack, changes)
    }

    /// Takes no more calls anywhere.
    func stop() {
        for entry in entries.values { entry.pool.stop() }
        for (pool, _) in draining { pool.stop() }
    }

    private func apply(
        _ stack: [FunctionDefinition], _ changes: [String: FunctionChange]
    ) throws(StartFailure) {
        var next: [FunctionEntry] = []
        for written in stack {
            let change = changes[written.name] ?? FunctionChange()
            if !change.isPaused { next.append(try entry(Self.definition(written, change))) }
        }
        for entry in next { _ = try ScheduledFunction.all(of: entry) }
        self.stack = stack
        self.changes = changes
        replace(with: next)
    }

    private static func definition(
        _ written: FunctionDefinition, _ change: FunctionChange
    ) throws(StartFailure) -> FunctionDefinition {
        do {
            return try change.applied(to: written)
        } catch {
            throw .configuration("The function \(written.name) cannot be changed so: \(error).")
        }
    }

    /// The entry that serves a definition: the present one where nothing differs, else a new one, not started yet.
    private func entry(_ definition: FunctionDefinition) throws(StartFailure) -> FunctionEntry {
        try launches.checkSecrets(definition)
        let launch = try launches.launch(definition)
        let mark = FileMark(path: launch.path)
        if let present = entries[definition.name], present.definition.isSame(as: definition), present.launch == launch,
            present.mark == mark
        {
            return present
        }
        let pool = PoolMaker(table: table, launches: launches).pool(definition, launch)
        return FunctionEntry(definition: definition, pool: pool, launch: launch, mark: mark)
    }

    /// Routes to the new entries before the old ones are let go, so that no call falls between them.
    private func replace(with next: [FunctionEntry]) {
        let former = entries
        entries = Dictionary(next.map { ($0.definition.name, $0) }) { first, _ in first }
        onChange(next)
        for entry in next where former[entry.definition.name] !== entry { entry.pool.start() }
        for (name, entry) in former where entries[name] !== entry {
            entry.pool.stop()
            draining.append((entry.pool, nil))
        }
    }
}

// MARK: - Programs

extension FunctionRegistry {
    /// Looks for programs that were replaced, and lets pools go that are done; to be called about once a second.
    ///
    /// A program is taken once it was found unchanged at two looks, so that one still being written is left alone.
    func look() {
        for entry in entries.values {
            let name = entry.definition.name
            guard let launch = entry.launch, let mark = FileMark(path: launch.path), mark != entry.mark,
                FileSystem.isProgram(launch.path)
            else {
                seen[name] = nil
                continue
            }
            if seen[name] == mark { renew(entry) } else { seen[name] = mark }
        }
        letGo()
    }

    private func renew(_ entry: FunctionEntry) {
        seen[entry.definition.name] = nil
        do throws(StartFailure) {
            try apply(stack, changes)
            log.say("program.replaced", ("function", entry.definition.name))
        } catch {
            log.say("program.kept", ("function", entry.definition.name), ("why", error.sentence))
        }
    }

    private func letGo() {
        for index in draining.indices.reversed() {
            guard draining[index].pool.load == PoolLoad() else { continue }
            guard let since = draining[index].idleSince else {
                draining[index].idleSince = loop.now
                continue
            }
            if loop.now.milliseconds(since: since) > Self.afterglow { draining.remove(at: index) }
        }
    }
}
