import Glibc
import PasswordHashing
import Platform

/// Checks one password hash after another for as many seconds as its argument says, and prints how many and how long
/// the middle one took in microseconds: what one core allows, without anything around it.
@main
struct BareHash {
    static func main() throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 5
        let password = Array("a password of the benchmark".utf8)
        let hash = try PasswordHash.make(password)
        let end = Instant.now.adding(milliseconds: seconds * 1000)
        var times: [UInt64] = []
        while Instant.now < end {
            let start = Instant.now
            guard try PasswordHash.verify(hash, password) else { exit(1) }
            times.append((Instant.now.nanoseconds - start.nanoseconds) / 1000)
        }
        times.sort()
        print(times.count, times[times.count / 2])
    }
}
