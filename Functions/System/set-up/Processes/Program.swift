import CSupervision
import Glibc
import Platform

/// A program to start in a session of its own, so that a Ctrl-C meant for us does not reach it.
struct Program {
    let path: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// Takes the place of its standard output and error; ours where it is -1.
    var output: CInt = -1
    /// Becomes its descriptor 3, unless it is -1; it gets no others.
    var thirdDescriptor: CInt = -1

    /// Starts it; the kernel sends it SIGTERM should we die first.
    func start() throws(SystemError) -> ChildProcess {
        var pid: pid_t = 0
        let number = unsafe withCStrings([path] + arguments) { arguments in
            unsafe withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                unsafe path.withCString { path in
                    var program = unsafe csupervision_program(
                        path: path, arguments: arguments, environment: environment, output: output,
                        third: thirdDescriptor)
                    return unsafe csupervision_start(&program, &pid)
                }
            }
        }
        guard number == 0 else { throw SystemError("start \(path)", number: number) }
        return ChildProcess(pid: pid)
    }
}

/// Lends `strings` as a C array that ends with a null pointer.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe body(pointers)
}
