import Foundation
import PasswordHashing
import Platform
import Synchronization
import Testing

@Suite struct HashSlotsTests {
    @Test func `a slot is taken once, and again after it was left`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 1)
            #expect(throws: PasswordHashError.busy) {
                try slots.withSlot(waitingAtMost: 0) { () throws(PasswordHashError) in
                    try slots.withSlot(waitingAtMost: 20) {}
                }
            }
            let result = try slots.withSlot(waitingAtMost: 0) { 7 }
            #expect(result == 7)
        }
    }

    @Test func `a slot is left when its holder throws`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 1)
            #expect(throws: PasswordHashError.malformed) {
                try slots.withSlot(waitingAtMost: 0) { () throws(PasswordHashError) in throw .malformed }
            }
            try expectTurn(slots, waitingAtMost: 0)
        }
    }

    @Test func `a slot that another process holds is busy until that process is killed`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 1)
            let holder = try holdingProcess(slot: 0, in: folder)
            #expect(throws: PasswordHashError.busy) { try slots.withSlot(waitingAtMost: 50) {} }
            kill(holder.processIdentifier, SIGKILL)
            holder.waitUntilExit()
            try expectTurn(slots, waitingAtMost: 0)
        }
    }

    @Test func `a waiter gets the slot when the process that holds it dies`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 1)
            let holder = try holdingProcess(slot: 0, in: folder)
            let killer = Thread { [identifier = holder.processIdentifier] in
                usleep(50_000)
                kill(identifier, SIGKILL)
            }
            killer.start()
            try expectTurn(slots, waitingAtMost: 30_000)
            holder.waitUntilExit()
        }
    }

    @Test func `a free slot is found while another process holds the rest`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 3)
            let holders = try [0, 2].map { try holdingProcess(slot: $0, in: folder) }
            defer { holders.forEach { kill($0.processIdentifier, SIGKILL) } }
            for _ in 0..<20 { try expectTurn(slots, waitingAtMost: 0) }
        }
    }

    @Test func `who asks first comes first`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 1)
            let holder = try holdingProcess(slot: 0, in: folder)
            let served = Mutex<[Int]>([])
            let done = DispatchSemaphore(value: 0)
            for waiter in 0..<8 {
                let thread = Thread {
                    try? slots.withSlot(waitingAtMost: 60_000) { served.withLock { $0.append(waiter) } }
                    done.signal()
                }
                thread.start()
                while try !isLocked(byte: 1024 + waiter, in: folder) { usleep(200) }
            }
            kill(holder.processIdentifier, SIGKILL)
            for _ in 0..<8 { done.wait() }
            #expect(served.withLock { $0 } == Array(0..<8))
        }
    }

    @Test func `a killed waiter leaves the line`() throws {
        try withFolder { folder in
            let slots = HashSlots(directory: folder, count: 1)
            let waiter = try holdingProcess(slot: 1024, in: folder)
            #expect(throws: PasswordHashError.busy) { try slots.withSlot(waitingAtMost: 20) {} }
            kill(waiter.processIdentifier, SIGKILL)
            waiter.waitUntilExit()
            try expectTurn(slots, waitingAtMost: 0)
        }
    }

    @Test func `eight processes at once never hold more than two slots, and each gets its turns`() async throws {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [folder = folder as String] in
                        exit(takeTurns(in: folder))
                    }
                }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["slots"])
    }

    @Test func `a directory that is not there is an error of its own`() {
        let slots = HashSlots(directory: "/nonexistent/folder", count: 2)
        #expect(throws: PasswordHashError.slotsUnusable(SystemError("open", number: ENOENT))) {
            try slots.withSlot(waitingAtMost: 1000) {}
        }
    }

    @Test func `a slot that is a link is not followed`() throws {
        try withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/slots", withDestinationPath: "\(folder)/elsewhere")
            #expect(throws: PasswordHashError.slotsUnusable(SystemError("open", number: ELOOP))) {
                try HashSlots(directory: folder, count: 1).withSlot(waitingAtMost: 0) {}
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/elsewhere"))
        }
    }

    /// A process that holds a slot until it is killed.
    private func holdingProcess(slot: Int, in folder: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let program = """
            import fcntl, sys, time
            file = open(sys.argv[1], "w")
            fcntl.lockf(file, fcntl.LOCK_EX, 1, int(sys.argv[2]))
            print("held", flush=True)
            time.sleep(600)
            """
        process.arguments = ["-c", program, "\(folder)/slots", String(slot)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
        return process
    }

    /// Whether somebody holds the lock on a byte of the file; seats begin at byte 1024.
    private func isLocked(byte: Int, in folder: String) throws -> Bool {
        let file = try FileHandle(forUpdating: URL(filePath: "\(folder)/slots"))
        defer { try? file.close() }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = byte
        lock.l_len = 1
        guard unsafe fcntl(file.fileDescriptor, F_GETLK, &lock) == 0 else { throw SystemError("fcntl") }
        return lock.l_type != Int16(F_UNLCK)
    }

    private func expectTurn(_ slots: HashSlots, waitingAtMost milliseconds: Int) throws {
        let ran = try slots.withSlot(waitingAtMost: milliseconds) { true }
        #expect(ran)
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "passerelle-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}

/// Takes a slot twenty times and returns 0, or 1 where more than two were held at once or none came free.
private func takeTurns(in folder: String) -> CInt {
    let slots = HashSlots(directory: folder, count: 2)
    for _ in 0..<20 {
        let seen = try? slots.withSlot(waitingAtMost: 60_000) { holdersSeen(in: folder) }
        guard let seen, (1...2).contains(seen) else { return 1 }
    }
    return 0
}

/// Leaves a mark for as long as it takes others to see it; returns how many marks there are.
private func holdersSeen(in folder: String) -> Int {
    let mark = "\(folder)/mark-\(UUID())"
    let made = FileManager.default.createFile(atPath: mark, contents: nil)
    usleep(2000)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    unsafe unlink(mark)
    return made ? names.count { $0.hasPrefix("mark-") } : 0
}
