import Foundation
import Synchronization

/// Calls made at the same time, each on a thread of its own.
enum Parallel {
    static func run<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
        let results = Collected<Result>()
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            Thread.detachNewThread {
                results.append(body(index))
                group.leave()
            }
        }
        group.wait()
        return results.all
    }

    private final class Collected<Element: Sendable>: Sendable {
        private let elements = Mutex<[Element]>([])

        var all: [Element] { elements.withLock { $0 } }

        func append(_ element: Element) {
            elements.withLock { $0.append(element) }
        }
    }
}
