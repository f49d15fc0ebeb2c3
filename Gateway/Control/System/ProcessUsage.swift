import Glibc

/// What processes use, from /proc (proc(5)).
struct ProcessUsage: Equatable {
    /// Bytes of memory that is resident.
    private(set) var memory = 0
    /// Thousandths of a processor, on average since each process began.
    private(set) var millicores = 0

    /// The sum over processes; those that are gone count for nothing.
    init(of processes: [Int32]) {
        let ticks = max(1, sysconf(CInt(_SC_CLK_TCK)))
        let uptime = Self.words("/proc/uptime").first.flatMap { Double($0) } ?? 0
        for process in processes { add(process, uptime: uptime, ticks: Double(ticks)) }
    }

    private mutating func add(_ process: Int32, uptime: Double, ticks: Double) {
        guard let pages = Self.words("/proc/\(process)/statm").dropFirst().first.flatMap({ Int($0) }) else { return }
        memory += pages * Int(sysconf(CInt(_SC_PAGESIZE)))
        // The words after the name in parentheses: 11 and 12 count the time used, 19 is when it began, in ticks.
        let stat = Self.text("/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard stat.count > 19, let user = Double(stat[11]), let system = Double(stat[12]), let start = Double(stat[19])
        else { return }
        let age = max(0.01, uptime - start / ticks)
        millicores += Int((user + system) / ticks / age * 1000)
    }

    private static func words(_ path: String) -> [Substring] {
        text(path).split { $0 == " " || $0 == "\n" }
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileSystem.read(path, limit: 4096) ?? [], as: UTF8.self)
    }
}
