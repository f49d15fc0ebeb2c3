"""Many callers from one thread: raw sockets, so that the load takes little of the processors that it measures."""
import select, socket, time
from urllib.parse import urlsplit


def request(function, body):
    """The bytes of a POST to a function."""
    head = (f"POST /function/{function} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Caller:
    """One connection that asks, waits for the answer, and asks again."""

    def __init__(self, address):
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.input = b""
        self.begun = None

    def ask(self, request):
        self.begun = time.monotonic()
        self.socket.sendall(request)

    def answer(self):
        """Status, fields in lower case and content of an answer, once it is here as a whole."""
        received = self.socket.recv(65536)
        if not received:
            raise SystemExit("the gateway closed a connection")
        self.input += received
        head, separator, rest = self.input.partition(b"\r\n\r\n")
        if not separator:
            return None
        status, _, fields = head.decode("latin-1").lower().partition("\r\n")
        fields = dict(line.split(": ", 1) for line in fields.split("\r\n"))
        length = int(fields["content-length"])
        if len(rest) < length:
            return None
        self.input = rest[length:]
        return int(status.split()[1]), fields, rest[:length]


def call(base, next_requests, judge):
    """Gives each caller what its `next_requests[i]()` says until that is None; `judge(begun, ended, answer)` is told of
    each answer, and gives the seconds after which the same is to be asked again, or None."""
    address = urlsplit(base)
    poll, callers, waiting = select.epoll(), {}, []
    for following in next_requests:
        caller = Caller((address.hostname, address.port))
        callers[caller.socket.fileno()] = (caller, following)
        poll.register(caller.socket, select.EPOLLIN)
    for caller, following in list(callers.values()):
        go_on(caller, following, callers)
    while callers:
        due = min((at for at, *_ in waiting), default=None)
        for number, _ in poll.poll(-1 if due is None else max(0, due - time.monotonic())):
            caller, following = callers[number]
            answer = caller.answer()
            if answer is None:
                continue
            pause = judge(caller.begun, time.monotonic(), answer)
            if pause is None:
                go_on(caller, following, callers)
            else:
                waiting.append((time.monotonic() + pause, caller))
        for entry in [entry for entry in waiting if entry[0] <= time.monotonic()]:
            waiting.remove(entry)
            entry[1].ask(entry[1].last)


def go_on(caller, following, callers):
    caller.last = following()
    if caller.last is None:
        del callers[caller.socket.fileno()]
        caller.socket.close()
    else:
        caller.ask(caller.last)
