/// How the gateway runs a function: read from its environment, labels and annotations, with the defaults below.
package struct FunctionSettings: Equatable, Sendable {
    /// Whether a worker serves one call or many.
    package enum Mode: String, Sendable {
        /// A process for each call, as OpenFaaS's watchdogs do.
        case oneShot = "one-shot"
        /// A process that stays and takes call after call.
        case warm
    }

    /// Bytes of a request's content (`max_body`).
    package internal(set) var bodyLimit = 64 * 1024
    /// Bytes of an answer (`max_reply`).
    package internal(set) var replyLimit = 8 * 1024 * 1024
    /// Milliseconds for one call (`exec_timeout`); 0 for no limit.
    package internal(set) var execTimeout = 10_000
    /// Milliseconds in which a request must have arrived (`read_timeout`); `nil` for the gateway's own.
    package internal(set) var readTimeout: Int?
    /// Milliseconds in which an answer must have been taken (`write_timeout`); `nil` for the gateway's own.
    package internal(set) var writeTimeout: Int?
    /// Calls at one time, waiting ones included (`max_inflight`); 0 for no limit.
    package internal(set) var inFlightLimit = 0
    /// Workers kept (`com.openfaas.scale.min`).
    package internal(set) var minimum = 1
    /// Workers at one time (`com.openfaas.scale.max`).
    package internal(set) var maximum = 8
    /// Calls at one time that a worker is meant for (`com.openfaas.scale.target`).
    package internal(set) var target: Int?
    /// True where an idle function has no worker (`com.openfaas.scale.zero`).
    package internal(set) var scalesToZero = false
    /// Milliseconds without a call after which it has none (`com.openfaas.scale.zero-duration`).
    package internal(set) var zeroDuration = 15 * 60 * 1000
    /// True where callers from outside get 404 (`passerelle.internal`).
    package internal(set) var isInternal = false
    /// True where it may be called asynchronously (`passerelle.async`).
    package internal(set) var allowsAsync = false
    /// True where it may have calls held open (`passerelle.grip`).
    package internal(set) var allowsGrip = false
    /// `passerelle.mode`.
    package internal(set) var mode = Mode.warm
    /// Calls that may wait for a worker (`passerelle.queue`).
    package internal(set) var queueLimit = 128
    /// Milliseconds that a call may wait for a worker (`passerelle.queue-wait`).
    package internal(set) var queueWait = 5_000
    /// Calls after which a worker is replaced (`passerelle.recycle-after`); 0 for never.
    package internal(set) var recycleAfter = 100_000
    /// Calls that a fast function's worker may have in its pipe, the one it works on included
    /// (`passerelle.frames-ahead`); 1 for none ahead.
    package internal(set) var framesAhead = 16
    /// Whether calls are given to workers that are busy, which settle several at once (`passerelle.together`).
    package internal(set) var together = false
    /// Bytes of memory that a warm function's workers share (`passerelle.shared-memory`); 0 for none.
    package internal(set) var sharedMemory = 0

    /// Processes that a one-shot function has waiting for calls, where its program can be started ahead
    /// (`passerelle.started-ahead`).
    package internal(set) var startedAhead = 2
    /// Whether these are copies of one that was started before, where its program can be copied
    /// (`passerelle.template`).
    package internal(set) var copies = true

    /// Seconds of processor time that one process may use (`passerelle.cpu-seconds`); `nil` for no limit.
    package internal(set) var processorSeconds: Int?
    /// Descriptors that one process may have open (`passerelle.open-files`).
    package internal(set) var openFiles = 1024
    /// Processes and threads that its user may have (`passerelle.processes`); `nil` for no limit.
    package internal(set) var processes: Int?
    /// Bytes that a file which it writes may have (`passerelle.file-size`); `nil` for no limit.
    package internal(set) var fileSize: Int?

    /// Secrets that it is given where they are there (`passerelle.optional-secrets`).
    package internal(set) var optionalSecrets: [String] = []

    /// How many calls a worker that served so many may still be given.
    package func callsLeft(after served: Int) -> Int {
        recycleAfter > 0 ? max(0, recycleAfter - served) : .max
    }
}
