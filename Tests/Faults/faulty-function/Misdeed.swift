import Glibc
import Platform
import Wire

/// One thing to do wrong, named by the first word of the content; what is no name is answered as it came.
struct Misdeed {
    private let words: [String]
    private let isWarm: Bool

    init(text: String, isWarm: Bool) {
        words = text.split(separator: " ").map(String.init)
        self.isWarm = isWarm
    }

    private var number: Int { words.count > 1 ? Int(words.last ?? "") ?? 0 : 0 }

    mutating func commit(_ invocation: Invocation) {
        switch words.first {
        case "exit": exit(Int32(number))
        case "trap": preconditionFailure("asked to trap")
        case "raise": raise(Int32(number))
        case "hang": hang()
        case "ignore-term":
            signal(SIGTERM, SIG_IGN)
            hang()
        case "hold": hold(until: words[1])
        case "fill": fill(words[1])
        case "sleep":
            usleep(UInt32(number) * 1000)
            answer("slept")
        case "print": put(Array("a stray line of text\n".utf8))
        case "too-much": answer(body: [UInt8](repeating: 120, count: number))
        case "claims-too-much": put([0, 0, 0, 1, 0, 0, 0, 0])
        case "half": half()
        case "half-and-exit":
            half()
            exit(0)
        case "excess":
            put(Reply(body: Array("one".utf8)).frame() + [1, 2, 3])
        case "later":
            answer("first")
            usleep(100_000)
            put([1, 2, 3, 4, 5])
        case "flood": flood()
        case "grandchild": grandchild()
        case "close": closeAll()
        case "retire":
            var reply = Reply(body: Array("\(getpid())".utf8))
            reply.retires = true
            put(reply.frame())
        case "unversioned": put([6, 0, 0, 0, 9, 0, 200, 0, 0, 0])
        default: observe(invocation)
        }
    }

    /// What is no misdeed: answers about the process itself, or the content as it came.
    private func observe(_ invocation: Invocation) {
        switch words.first {
        case "pid": answer("\(getpid())")
        case "parent": answer("\(getppid())")
        case "session": answer("\(getsid(0) == getpid())")
        case "variable": answer(readVariable(words[1]) ?? "-")
        case "descriptors": answer((0..<64).filter { fcntl($0, F_GETFD) != -1 }.map(String.init).joined(separator: " "))
        case "shared": answer("\(Shared.count())")
        case "grow": answer("\(ftruncate(3, 1 << 20) == 0) \(ftruncate(3, 1) == 0)")
        case "say": say(words.dropFirst().joined(separator: " "))
        case "raw": put(Array("bare output".utf8))
        case "cgi": put(Array("Status: 418\nContent-Type: text/tea\nX-Two: b\n\nshort and stout".utf8))
        case "path": answer("\(invocation.method) \(invocation.path)?\(invocation.query ?? "-")")
        case "call-id": answer(invocation.callID)
        default: answer(body: isWarm ? invocation.body : Array(words.joined(separator: " ").utf8))
        }
    }

    /// Writes a line on standard error before it answers.
    private func say(_ text: String) {
        let errors = Descriptor(owning: dup(2))
        try? errors.writeAll(Array((text + "\n").utf8))
        answer("said")
    }

    private func answer(_ text: String) {
        answer(body: Array(text.utf8))
    }

    private func answer(body: [UInt8]) {
        put(isWarm ? Reply(headers: [HeaderField("content-type", "text/plain")], body: body).frame() : body)
    }

    private func half() {
        put(Array(Reply(body: Array("cut".utf8)).frame().dropLast(2)))
    }

    private func flood() {
        let line = [UInt8](repeating: UInt8(ascii: "e"), count: 999) + [UInt8(ascii: "\n")]
        for _ in 0..<number { put(line, to: 2) }
        answer("flooded")
    }

    /// Leaves behind a process in a session of its own that holds every pipe open; answers its id.
    private func grandchild() {
        var pid: pid_t = 0
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        unsafe posix_spawnattr_setflags(&attributes, Int16(0x80))
        _ = unsafe "/bin/sleep".withCString { path in
            unsafe "600".withCString { time in
                var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [
                    UnsafeMutablePointer(mutating: path), UnsafeMutablePointer(mutating: time), nil,
                ]
                return unsafe posix_spawn(&pid, path, nil, &attributes, &arguments, nil)
            }
        }
        answer("\(pid)")
        if words.count > 1 { hang() }
    }

    private func closeAll() {
        for descriptor in 0..<3 as Range<Int32> { close(descriptor) }
        hang()
    }

    /// Says so on standard error, and answers once a file is there.
    private func hold(until path: String) {
        put(Array("holding\n".utf8), to: 2)
        while unsafe access(path, F_OK) == -1 { usleep(5_000) }
        answer("held")
    }

    /// Writes a file of so many bytes; answers with what was written, and the error number where that is less.
    private func fill(_ path: String) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var written = 0
        let bytes = [UInt8](repeating: 120, count: number)
        while written < number {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(file, buffer.baseAddress?.advanced(by: written), number - written)
            }
            guard count > 0 else { return answer("\(written) \(errno)") }
            written += count
        }
        answer("\(written) 0")
    }

    private func hang() {
        while true { sleep(60) }
    }

    private func put(_ bytes: [UInt8], to descriptor: CInt = 1) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0 { exit(74) }
            written += count
        }
    }
}
