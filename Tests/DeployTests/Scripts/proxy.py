"""Runs nginx with the shipped configuration in front of a gateway, and prints what callers then see, as JSON.

Usage: proxy.py NGINX-CONFIGURATION FOLDER-OF-PROGRAMS
"""

import ctypes
import http.client
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 60
STRANGER, OPERATOR = "127.0.0.2", "127.0.0.1"
STACK = """
provider: {name: openfaas}
functions:
  echo:
    environment: {max_body: 8MiB}
"""


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def until(what, condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"{what} did not come about")
        time.sleep(0.05)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def ends_with_us():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Trial:
    """nginx over one upstream, in a folder of its own."""

    def __init__(self, configuration, folder, upstream):
        self.folder, self.port, self.plain = folder, free_port(), free_port()
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=accounts.example.org", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        text = pathlib.Path(configuration).read_text()
        for was, becomes in [
            ("127.0.0.1:8080", f"127.0.0.1:{upstream}"),
            ("    listen [::]:80;\n", ""), ("    listen [::]:443 ssl http2;\n", ""),
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            ("/etc/ssl/accounts.example.org.pem", str(certificate)),
            ("/etc/ssl/private/accounts.example.org.key", str(key)),
        ]:
            assert text.count(was) == 1, f"{was} does not stand there once"
            text = text.replace(was, becomes)
        folders = "".join(
            f"{name}_temp_path {folder}/{name};\n" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        (folder / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{ worker_connections 64; }}\nhttp {{ access_log off;\n{folders}{text}\n}}\n")
        self.process = subprocess.Popen(
            ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
            preexec_fn=ends_with_us, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until("nginx listening", lambda: self.process.poll() is not None or listens(self.port))
        if self.process.poll() is not None:
            sys.exit("nginx does not start: " + (folder / "error.log").read_text())

    def context(self, version=None, protocols=()):
        context = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        context.check_hostname = False
        if version:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
        if protocols:
            context.set_alpn_protocols(list(protocols))
        return context

    def handshake(self, version=None):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as plain:
                with self.context(version, ["h2", "http/1.1"]).wrap_socket(plain) as secured:
                    return f"{secured.version()} {secured.selected_alpn_protocol()}"
        except (ssl.SSLError, ConnectionError):
            return "refused"

    def open(self, method, path, body=None, headers=None, peer=STRANGER):
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, context=self.context(), source_address=(peer, 0))
        connection.request(method, path, body, {"Host": "accounts.example.org", **(headers or {})})
        return connection.getresponse()

    def status(self, *arguments, **named):
        return self.open(*arguments, **named).status

    def close(self):
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_gateway(folder, programs):
    stack, log, port = folder / "stack.yml", folder / "gateway.log", free_port()
    stack.write_text(STACK)
    gateway = subprocess.Popen(
        [programs + "/passerelle"], cwd=folder, preexec_fn=ends_with_us, stdout=subprocess.DEVNULL,
        stderr=log.open("w"),
        env={"STACK": str(stack), "PORT": str(port), "TRUSTED_PROXIES": "127.0.0.1", "FUNCTIONS": programs,
             "SECRETS": str(folder), "PAGES": str(folder)})
    until("the gateway listening", lambda: gateway.poll() is not None or listens(port))
    if gateway.poll() is not None:
        sys.exit("the gateway does not start: " + log.read_text())
    return gateway, port, log


def calls(trial, log):
    """What callers see of the gateway."""
    answer = trial.open(
        "POST", "/function/echo", b"hello", {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "gopher"})
    content = answer.read().decode()
    plain = http.client.HTTPConnection("127.0.0.1", trial.plain, timeout=PATIENCE)
    plain.request("GET", "/login?a=b", headers={"Host": "accounts.example.org"})
    redirect = plain.getresponse()
    until("the call in the log", lambda: '"path":"/function/echo"' in log.read_text())
    entries = [json.loads(line) for line in log.read_text().splitlines() if '"event":"request"' in line]
    return {
        "newest": trial.handshake(),
        "tls12": trial.handshake(ssl.TLSVersion.TLSv1_2),
        "tls11": trial.handshake(ssl.TLSVersion.TLSv1_1),
        "echo": f"{answer.status} {content}",
        "strictTransport": answer.headers.get("Strict-Transport-Security"),
        "client": next(entry["client"] for entry in entries if entry["path"] == "/function/echo"),
        "redirect": f"{redirect.status} {redirect.headers.get('Location')}",
        "metricsToStranger": trial.status("GET", "/metrics"),
        "metricsToOperator": trial.status("GET", "/metrics", peer=OPERATOR),
        "systemToStranger": trial.status("GET", "/system/functions"),
        "largest": trial.status("POST", "/function/echo", bytes(4 << 20)),
        "tooLarge": trial.status("POST", "/function/echo", bytes((4 << 20) + 1)),
    }


def stream(trial, listener):
    """Whether an event arrives while the answer that it is part of goes on."""
    arrived = threading.Event()

    def serve():
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(PATIENCE)
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nid: 1\n\n")
            if arrived.wait(PATIENCE):
                connection.sendall(b"id: 2\n\n")

    server = threading.Thread(target=serve, daemon=True)
    server.start()
    answer = trial.open("GET", "/function/read-messages/stream")
    first = answer.readline().decode().strip()
    arrived.set()
    rest = answer.read().decode().split()
    server.join(PATIENCE)
    return {"firstEvent": first, "lastEvent": " ".join(rest)}


def main(configuration, programs):
    with tempfile.TemporaryDirectory() as name:
        (one := pathlib.Path(name, "calls")).mkdir()
        (two := pathlib.Path(name, "stream")).mkdir()
        os.chmod(name, 0o755)  # nginx's workers are another user, where root runs this
        gateway, port, log = start_gateway(one, programs)
        try:
            trial = Trial(configuration, one, port)
            try:
                facts = calls(trial, log)
            finally:
                trial.close()
        finally:
            gateway.terminate()
            gateway.wait(PATIENCE)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            trial = Trial(configuration, two, listener.getsockname()[1])
            try:
                facts |= stream(trial, listener)
            finally:
                trial.close()
    json.dump(facts, sys.stdout)


main(*sys.argv[1:])
