"""Takes what is posted to a port: one JSON line for each request, answered with the next of the statuses given.

usage: callbacks.py PORT STATUS..."""
import http.server, json, sys

statuses = [int(word) for word in sys.argv[2:]]


class Receiver(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = {name.lower(): value for name, value in self.headers.items()}
        print(json.dumps({"method": self.command, "path": self.path, "fields": fields, "body": body.decode()}),
              flush=True)
        status = statuses.pop(0) if statuses else 200
        self.send_response(status)
        if status // 100 == 3:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET = answer

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(json.dumps({"ready": True}), flush=True)
server.serve_forever()
