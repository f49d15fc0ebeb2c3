import Glibc
import Platform
import Wire

/// A function that does what its content tells it, speaking the frames itself; for the tests of worker faults.
@main
struct Main {
    static func main() throws {
        switch FunctionMode(rawValue: readVariable(FunctionMode.variable) ?? "") {
        case .template:
            try beTemplate()
            try serve(calls: 1)
            exit(0)
        case .warm: try serve()
        case .startedAhead:
            try serve(calls: 1)
            exit(0)
        case .check, nil:
            let input = Descriptor(owning: 0)
            let body = try input.readAll(limit: 1 << 20) ?? []
            var misdeed = Misdeed(text: String(decoding: body, as: UTF8.self), isWarm: false)
            misdeed.commit(Invocation())
        }
    }

    /// Returns in the copies.
    private static func beTemplate() throws {
        switch readVariable("FAULT_IN_TEMPLATE") {
        case "exit": exit(78)
        case "lie": lie()
        default: break
        }
        unsafe setenv(FunctionMode.variable, FunctionMode.startedAhead.rawValue, 1)
        if case .template = try Template.copyOnOrder() { exit(0) }
    }

    /// Names, as the copy that was ordered, a process that is none.
    private static func lie() -> Never {
        var order = [UInt8](repeating: 0, count: 64)
        while unsafe read(0, &order, order.count) > 0 {
            var answer = getppid()
            unsafe write(1, &answer, 4)
        }
        exit(0)
    }

    private static func serve(calls: Int = .max) throws {
        if readVariable("FAULT_AT_START") == "exit" { exit(78) }
        let input = Descriptor(owning: 0)
        for _ in 0..<calls {
            var prefix: [UInt8] = []
            while prefix.count < Frame.prefixLength {
                let before = prefix.count
                try input.append(to: &prefix, atMost: Frame.prefixLength - before)
                if prefix.count == before { exit(0) }
            }
            let length = try Frame.length(prefix: prefix, limit: 1 << 24)
            var content: [UInt8] = []
            while content.count < length { try input.append(to: &content, atMost: length - content.count) }
            let invocation = try Invocation(parsing: content[...])
            var misdeed = Misdeed(text: String(decoding: invocation.body.prefix(100), as: UTF8.self), isWarm: true)
            misdeed.commit(invocation)
        }
    }
}

func readVariable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}
