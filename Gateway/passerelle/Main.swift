import GatewayControl
import Glibc

/// The gateway's program: reads its options, then serves until it is told to stop.
@main
struct Main {
    static func main() {
        keepStandardDescriptors()
        do throws(StartFailure) {
            switch try CommandLineRequest(arguments: Array(CommandLine.arguments.dropFirst()), environment: variables())
            {
            case .show(let text): print(text)
            case .check(let options): exit(check(options))
            case .invoke(let invoked, let options): try invoked.run(options)
            case .watch(let name, let options): try WatchdogProcess.run(name, options)
            case .serve(let options): try GatewayProcess.run(options)
            }
        } catch {
            write("passerelle: \(error.sentence)\n")
            exit(error.exitStatus)
        }
    }

    /// Says what a stack file holds, or each of its faults.
    private static func check(_ options: GatewayOptions) -> Int32 {
        let report = StackReport(options)
        if report.faults.isEmpty { print(report.summary) }
        for fault in report.faults { write("passerelle: \(fault)\n") }
        return report.faults.isEmpty ? 0 : 78
    }

    /// Opens 0, 1 and 2 where they are closed, so that no pipe of a function takes their numbers.
    private static func keepStandardDescriptors() {
        for number in 0..<3 as Range<CInt> where fcntl(number, F_GETFD) == -1 {
            _ = unsafe open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY)
        }
    }

    private static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let parts = unsafe String(cString: entry).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            unsafe next = unsafe next.successor()
        }
        return variables
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            _ = unsafe Glibc.write(2, bytes.baseAddress, bytes.count)
        }
    }
}
