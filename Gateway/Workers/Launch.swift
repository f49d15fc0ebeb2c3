package import Platform
import Wire

/// What a function's processes are started with.
package struct Launch: Equatable, Sendable {
    /// The executable, absolute.
    package var path: String
    /// Its arguments, its own name first.
    package var arguments: [String]
    /// Its whole environment, `NAME=value` each.
    package var environment: [String]
    /// Its working directory; `nil` for the gateway's.
    package var directory: String?
    /// Bytes of private memory that it may use; `nil` for no limit.
    package var memory: Int?
    /// What else it may use.
    package var limits = ProcessLimits()
    /// Memory that it shares with the function's other processes, as its descriptor 3.
    package var shared: MemoryFile?
    /// Whom it runs as; `nil` for the gateway's own user.
    package var confinement: Confinement?

    /// Makes a launch.
    package init(
        path: String, arguments: [String], environment: [String], directory: String? = nil, memory: Int? = nil
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.memory = memory
    }
}

extension Launch {
    /// The same with memory of so many bytes to share, unless that is none.
    package func sharing(_ size: Int, of function: String) throws(SystemError) -> Launch {
        var launch = self
        launch.environment.removeAll { $0.hasPrefix(SharedMemory.variable + "=") }
        guard size > 0 else { return launch }
        launch.shared = try MemoryFile(name: function, size: size)
        launch.environment.append("\(SharedMemory.variable)=3")
        return launch
    }

    /// The same for a process that is copied for each call. Its copies inherit its limits, but for processor time and the
    /// number of processes, in which it must not stand in their way and which each is given itself; a filter of system
    /// calls, which they inherit, too, costs them nothing.
    package func template(filtersSystemCalls: Bool) -> Launch {
        var template = self
        template.environment.append("\(FunctionMode.variable)=\(FunctionMode.template.rawValue)")
        template.limits.processorSeconds = nil
        template.limits.processes = nil
        template.limits.filtersSystemCalls = filtersSystemCalls
        return template
    }
}

/// What one process may use beside memory; `nil` for the gateway's own limits.
package struct ProcessLimits: Equatable, Sendable {
    /// Open descriptors.
    package var openFiles = 1024
    /// Seconds of processor time, beyond which SIGXCPU or SIGKILL ends it.
    package var processorSeconds: Int?
    /// Processes and threads of its user.
    package var processes: Int?
    /// Bytes of a file that it writes, beyond which SIGXFSZ ends it.
    package var fileSize: Int?

    /// Whether it is refused system calls that no function needs.
    package var filtersSystemCalls = false

    /// The usual limits.
    package init() {}
}
