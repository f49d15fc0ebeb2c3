/// The processes of one function, and the calls that wait for them; lives on the loop's thread.
package protocol FunctionPool: AnyObject {
    /// Starts the workers that are to be there from the beginning.
    func start()

    /// Takes a call; its owner is told of the outcome once, perhaps before this returns.
    func call(_ call: PendingCall)

    /// Takes no more calls, and lets its processes go once they have answered those taken.
    func stop()

    /// Keeps so many workers, at most the function's maximum, until it is asked again, or has had no call for as long as
    /// its label says; none until the next call for 0.
    func scale(to workers: Int)

    /// How many workers are to be there without any call.
    var floor: Int { get }

    /// How much there is to do and who does it.
    var load: PoolLoad { get }
}

extension FunctionPool {
    /// Does nothing, where each call has a process of its own.
    package func scale(to workers: Int) {}

    /// One, for whoever counts in workers that stay.
    package var floor: Int { 1 }
}

/// How much a pool has to do.
package struct PoolLoad: Equatable, Sendable {
    /// Processes that can take calls.
    package var workers = 0
    /// Calls that are being answered.
    package var running = 0
    /// Calls that wait for a process.
    package var waiting = 0
    /// Processes that have a call.
    package var busy = 0

    /// Describes it; without `busy`, each running call has a process of its own.
    package init(workers: Int = 0, running: Int = 0, waiting: Int = 0, busy: Int? = nil) {
        self.workers = workers
        self.running = running
        self.waiting = waiting
        self.busy = busy ?? min(running, workers)
    }
}
