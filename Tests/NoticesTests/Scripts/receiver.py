"""A mail server (aiosmtpd) and a webhook's receiver, in one process that answers a line of JSON with a line.

Commands: {"do": "take"} gives what came since the last time; {"do": "answer", "statuses": [...]} sets the statuses of
the next posts (200 afterwards); {"do": "refuse", "code": 550} sets the answer to the next recipients (null: taken).
"""
import http.server
import json
import random
import socket
import ssl
import sys
import threading
import time
import urllib.parse

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

lock = threading.Lock()
came = []
statuses = []
refusal = [None]


def note(thing):
    with lock:
        came.append(thing)


class Hook(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with lock:
            status = statuses.pop(0) if statuses else 200
        note({
            "post": self.path, "status": status, "body": body.decode(),
            "headers": {name.lower(): value for name, value in self.headers.items()},
        })
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        if "hang" in asked:
            time.sleep(3)
        body = b"x" * int(asked.get("bytes", ["0"])[0])
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Mail:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if refusal[0]:
            return f"{refusal[0]} not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        note({
            "mail": envelope.content.decode("latin-1"), "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "login": session.auth_data.decode() if session.authenticated else None,
        })
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"user" and data.password == b"pass:word"
    return AuthResult(success=right, auth_data=data.login)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", random.randrange(30000, 32000)))
        return probe.getsockname()[1]


def start_mail(**settings):
    controller = Controller(Mail(), hostname="127.0.0.1", port=free_port(), **settings)
    controller.start()
    return controller.port


def start_tls(certificate):
    """Greets whoever trusts the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            try:
                context.wrap_socket(connection, server_side=True).sendall(b"220 here\r\n")
            except OSError:
                connection.close()

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
threading.Thread(target=hook.serve_forever, daemon=True).start()
ports = {
    "http": hook.server_address[1],
    "smtp": start_mail(authenticator=authenticate, auth_require_tls=False),
}
if len(sys.argv) > 1:
    ports["smtps"] = start_tls(sys.argv[1])
print(json.dumps(ports), flush=True)

for line in sys.stdin:
    command = json.loads(line)
    with lock:
        if command["do"] == "take":
            answer, came = came, []
        elif command["do"] == "answer":
            statuses[:] = command["statuses"]
            answer = []
        else:
            refusal[0] = command["code"]
            answer = []
    print(json.dumps(answer), flush=True)
