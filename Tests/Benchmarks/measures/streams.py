"""Sends while thousands of streams are open: how long until the other's stream tells of it, and what the gateway holds."""
import selectors, socket, threading, time, uuid
from urllib.parse import urlsplit

import pyotp

from . import processes
from .client import Client, in_parallel, percentile

STREAMS = 5000
SESSIONS = 200  # a session can hold 32 streams
SENDS = 200


def measure(report, seconds):
    settings = dict(MAX_CONNECTIONS=str(STREAMS + 500), MESSAGE_RATE="0", FIRST_CONTACTS_PER_DAY="0",
                    REGISTRATION_PER_HOUR="0", REGISTRATION_PER_SECOND="0")
    with processes.installation(**settings) as (url, supervisor):
        client = Client(url)
        people = [person for part in in_parallel(4, lambda _: [join(client) for _ in range(SESSIONS // 4)])
                  for person in part]
        one, other = people[:2]
        befriend(client, one, other)
        gateway = next(pid for pid in processes.children(supervisor.pid) if processes.name(pid) == "passerelle")
        empty = processes.resident_bytes(gateway)
        with Streams(url) as streams:
            for index in range(STREAMS - 1):
                streams.open(people[2 + index % (len(people) - 2)])
            streams.open(other)
            streams.wait_until(lambda: streams.begun == STREAMS)
            client = Client(url)  # the connection before was idle for too long
            direct = [send(client, one, {"to": other["login"]}, streams, 1) for _ in range(SENDS)]
            report.add(f"send to event, {STREAMS} streams, p50", percentile(direct, 0.5) * 1000, "ms")
            report.add(f"send to event, {STREAMS} streams, p95", percentile(direct, 0.95) * 1000, "ms", goal=150,
                       higher=False)
            everyone = [send(client, one, {"community": "chess"}, streams, STREAMS) for _ in range(10)]
            report.add(f"send to the last of {STREAMS} streams of a community, p50",
                       percentile(everyone, 0.5) * 1000, "ms")
            held = processes.resident_bytes(gateway)
            report.add(f"gateway with {STREAMS} streams", held / 1e6, "MB", goal=150, higher=False)
            report.add("gateway without streams", empty / 1e6, "MB")


def join(client):
    """Somebody with a session, a profile and a game."""
    login = "bench-" + uuid.uuid4().hex
    status, _, made = client.post("create-account", {"login": login})
    assert status == 201, made
    code = pyotp.TOTP(made["totp"]["secret"]).at(int(time.time()))
    status, _, session = client.post("verify-login", {"login": login, "password": made["password"], "totp": code})
    assert status == 200, session
    fields = {"Authorization": "Bearer " + session["accessToken"]}
    profile = {"displayName": "Bench", "birthDate": "1990-05-17", "timeZone": "Europe/Paris"}
    for path, content in (("edit-profile", profile), ("browse-games/library/chess", {"level": "expert"})):
        status, _, answer = client.send("PUT", path, content, fields)
        assert status == 200, answer
    return {"login": login, "fields": fields}


def befriend(client, one, other):
    status, _, request = client.send("POST", "match/requests", {"to": other["login"]}, one["fields"])
    assert status == 201, request
    status, _, answer = client.send("POST", f"match/requests/{request['requestId']}/accept", None, other["fields"])
    assert status == 200, answer


def send(client, one, target, streams, count):
    """Seconds from the call until so many streams have told of the message."""
    streams.told = 0
    start = time.monotonic()
    status, _, sent = client.send("POST", "send-message", {**target, "body": "Hello", "clientMessageId": str(uuid.uuid4())},
                                  one["fields"])
    assert status == 201, sent
    streams.wait_until(lambda: streams.told >= count)
    return streams.last - start


class Streams:
    """Open streams, read by one thread."""

    def __init__(self, url):
        address = urlsplit(url)
        self.address = (address.hostname, address.port)
        self.selector = selectors.DefaultSelector()
        self.begun = self.told = 0
        self.last = 0.0
        self.over = False
        self.thread = threading.Thread(target=self.read)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over = True
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()

    def open(self, person):
        stream = socket.create_connection(self.address, timeout=30)
        fields = "".join(f"{name}: {value}\r\n" for name, value in person["fields"].items())
        stream.sendall(f"GET /function/read-messages/stream HTTP/1.1\r\nHost: bench\r\n{fields}\r\n".encode())
        head = stream.recv(4096)
        assert head.startswith(b"HTTP/1.1 200 "), head
        self.begun += 1
        self.selector.register(stream, selectors.EVENT_READ)

    def read(self):
        while not self.over:
            if not self.selector.get_map():
                time.sleep(0.01)
                continue
            for key, _ in self.selector.select(0.1):
                told = key.fileobj.recv(65536).count(b"event: message\n")
                if told:
                    self.last = time.monotonic()
                    self.told += told

    def wait_until(self, condition, limit=30):
        end = time.monotonic() + limit
        while not condition():
            assert time.monotonic() < end, "a stream does not tell"
            time.sleep(0.0005)
