import Glibc
import Testing

@testable import set_up

struct ServerPlaceTests {
    private let user = DatabaseUser(name: "passerelle", password: "secret")

    @Test func `a socket's path is percent-encoded in the connection string`() {
        let place = ServerPlace.socket(path: "/data/é x/mongod.sock")
        #expect(
            place.uri(for: user)
                == "mongodb://passerelle:secret@%2Fdata%2F%C3%A9%20x%2Fmongod.sock/?directConnection=true&authSource=admin"
        )
        #expect(place.uri() == "mongodb://%2Fdata%2F%C3%A9%20x%2Fmongod.sock/?directConnection=true")
    }

    @Test func `a port is one of loopback`() {
        #expect(ServerPlace.port(4711).uri() == "mongodb://127.0.0.1:4711/?directConnection=true")
        #expect(ServerPlace.port(4711).options.contains("--nounixsocket"))
    }

    @Test(arguments: [(95, true), (96, false)])
    func `a socket's path has 107 bytes at most`(length: Int, fits: Bool) {
        let folder = "/tmp/" + String(repeating: "x", count: length - "/tmp/".utf8.count)
        unsafe mkdir(folder, 0o755)
        defer { unsafe rmdir(folder) }
        #expect((ServerPlace.socket(in: folder) != nil) == fits)
    }

    @Test func `a wait status tells an end from a kill`() {
        #expect(set_up.ExitStatus(waitStatus: 78 << 8) == .exited(78))
        #expect(set_up.ExitStatus(waitStatus: 0) == .exited(0))
        #expect(set_up.ExitStatus(waitStatus: 9) == .killed(9))
        #expect(set_up.ExitStatus(waitStatus: 0x80 | 11) == .killed(11))
    }
}
