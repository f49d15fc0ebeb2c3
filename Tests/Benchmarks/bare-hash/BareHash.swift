import CSodium
import Glibc
import PasswordHashing
import Platform

/// Checks one password hash after another for as many seconds as its argument says, and prints how many and how long
/// the middle one took in microseconds: what one core allows, without anything around it.
///
/// It calls libsodium as any program does; with `ours` as its second argument, as the functions do.
@main
struct BareHash {
    static func main() throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 5
        let check = CommandLine.arguments.dropFirst(2).first == "ours" ? ours : libsodium
        let password = "a password of the benchmark"
        let hash = try PasswordHash.make(Array(password.utf8))
        let end = Instant.now.adding(milliseconds: seconds * 1000)
        var times: [UInt64] = []
        while Instant.now < end {
            let start = Instant.now
            guard try check(hash, password) else { exit(1) }
            times.append((Instant.now.nanoseconds - start.nanoseconds) / 1000)
        }
        times.sort()
        print(times.count, times[times.count / 2])
    }

    private static func ours(_ hash: String, _ password: String) throws -> Bool {
        try PasswordHash.verify(hash, Array(password.utf8))
    }

    private static func libsodium(_ hash: String, _ password: String) throws -> Bool {
        unsafe crypto_pwhash_str_verify(hash, password, UInt64(password.utf8.count)) == 0
    }
}
