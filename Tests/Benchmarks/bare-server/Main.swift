import GatewayEventLoop
import GatewayHTTP
import Glibc

/// The gateway's HTTP server without anything behind it: answers 200 with the content it got.
///
/// `bare-server [PORT [HOST]]` prints the port and serves until it is killed.
@main
enum BareServer {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let loop = try EventLoop()
        let server = HTTPServer(loop: loop, handler: Mirror())
        let port = try server.listen(
            host: arguments.dropFirst().first ?? "127.0.0.1", port: arguments.first.flatMap { UInt16($0) } ?? 0)
        print(port)
        fflush(nil)
        try loop.run()
    }
}

/// Answers each request with its own content.
final class Mirror: RequestHandler {
    func admit(_ head: RequestHead) -> Admission {
        .accept(bodyLimit: 64 * 1024)
    }

    func handle(_ request: consuming Request, _ responder: consuming Responder) {
        let type = HTTPField("Content-Type", "application/octet-stream")
        responder.answer(Response(headers: [type], body: request.body))
    }
}
