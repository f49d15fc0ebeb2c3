"""People who write, poll and listen, and do not mind what happens to those that they talk to."""
import http.client, json, threading, time, uuid
from urllib.parse import urlsplit

FAULTS = (OSError, http.client.HTTPException, ValueError)


class Talk:
    """Everybody writes; the first two of each conversation listen to a stream, the next two poll."""

    def __init__(self, url, talkers):
        self.url = url
        self.writers = [Writer(url, token, game) for token, game in talkers]
        self.others = []

    def start(self):
        for writer in self.writers:
            writer.once()  # so that each conversation is there
        for writer in self.writers:
            for kind in (Poller, Listener):
                self.others.append(kind(self.url, writer.fields, writer.conversation))
        for each in self.others:
            each.start()
            each.begun.wait(60)
        for writer in self.writers:
            writer.start()

    def stop(self):
        for writer in self.writers:
            writer.is_over = True
        for writer in self.writers:
            writer.join(120)

    def figures(self):
        return {"taken": sum(len(writer.taken) for writer in self.writers),
                "unanswered": sum(writer.unanswered for writer in self.writers)}

    def taken(self):
        return [message for writer in self.writers for message in writer.taken]

    def await_progress(self, tend=lambda: None, limit=120):
        """Waits until each writer has had another message taken, calling `tend` meanwhile; gives when that was."""
        before, end = [len(writer.taken) for writer in self.writers], time.monotonic() + limit
        while any(len(writer.taken) <= count for writer, count in zip(self.writers, before)):
            tend()
            if time.monotonic() > end:
                raise SystemExit(f"no message is taken any more; last seen: {[writer.seen for writer in self.writers]}")
            time.sleep(0.005)
        return time.monotonic()

    def await_listeners(self, last, limit=120):
        """Waits until pollers and streams are where the conversations end, then counts what they missed."""
        end = time.monotonic() + limit
        while time.monotonic() < end and any(each.newest < last[each.conversation] for each in self.others):
            time.sleep(0.05)
        time.sleep(1)  # what comes twice comes late
        for each in self.others:
            each.is_over = True
        for each in self.others:
            each.join(30)
        pollers = [each for each in self.others if isinstance(each, Poller)]
        streams = [each for each in self.others if isinstance(each, Listener)]
        lost = lambda each: len(set(range(each.first + 1, last[each.conversation] + 1)) - set(each.numbers))
        wrong = lambda each: sum(next <= this for this, next in zip(each.numbers, each.numbers[1:]))
        return {"polled": sum(lost(each) + wrong(each) for each in pollers), "lost": sum(map(lost, streams)),
                "doubled": sum(map(wrong, streams)), "reset": sum(each.resets for each in streams),
                "resumed": sum(each.resumed for each in streams)}


class Caller(threading.Thread):
    def __init__(self, url, fields):
        super().__init__(daemon=True)
        self.host, self.fields, self.connection, self.is_over, self.seen = urlsplit(url).netloc, fields, None, False, None

    def call(self, method, path, body=None):
        """Status and content; throws one of FAULTS where no answer came."""
        try:
            self.connection = self.connection or http.client.HTTPConnection(self.host, timeout=20)
            self.connection.request(method, "/function/" + path, body and json.dumps(body),
                                    {"Content-Type": "application/json", **self.fields})
            response = self.connection.getresponse()
            content = response.read()
            self.seen = (response.status, content[:200])
            return response.status, json.loads(content)
        except FAULTS:
            self.leave()
            raise

    def leave(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Writer(Caller):
    """Sends one message after the other, each until it is taken."""

    def __init__(self, url, token, game):
        super().__init__(url, {"Authorization": "Bearer " + token})
        self.game, self.taken, self.unanswered, self.conversation = game, [], 0, None

    def run(self):
        while not self.is_over:
            self.once()

    def once(self):
        message = {"community": self.game, "body": "Said while things die", "clientMessageId": str(uuid.uuid4())}
        while True:
            try:
                status, answer = self.call("POST", "send-message", message)
            except FAULTS:
                status = None
            if status in (200, 201):
                break
            self.unanswered += 1
            time.sleep(0.05)
        self.conversation = uuid.UUID(answer["conversationId"]).bytes
        self.taken.append((uuid.UUID(answer["messageId"]).bytes, (self.conversation, answer["seq"])))


class Follower(Caller):
    """Gets to know a conversation's messages, by their numbers."""

    def __init__(self, url, fields, conversation):
        super().__init__(url, fields)
        self.conversation, self.numbers, self.first = conversation, [], 0
        self.path = str(uuid.UUID(bytes=conversation))
        self.begun = threading.Event()

    @property
    def newest(self):
        return self.numbers[-1] if self.numbers else self.first

    def run(self):
        while not self.is_over:
            try:
                self.follow()
            except FAULTS:
                time.sleep(0.05)


class Poller(Follower):
    """Asks again and again for what comes behind the last number it saw."""

    def follow(self):
        status, answer = self.call("GET", f"read-messages/{self.path}?limit=100&after={self.newest}")
        if status == 200:
            self.begun.set()
            self.numbers += [message["seq"] for message in answer["messages"]]
        time.sleep(0.1)


class Listener(Follower):
    """Listens to a stream, and comes again with the id of the last event where it ends."""

    last, resumed, resets = None, -1, 0

    def follow(self):
        if self.last is None:
            _, answer = self.call("GET", f"read-messages/{self.path}?limit=1")
            self.first = answer["messages"][-1]["seq"]
        stream = http.client.HTTPConnection(self.host, timeout=30)
        try:
            stream.request("GET", "/function/read-messages/stream",
                           headers={**self.fields, **({"Last-Event-ID": self.last} if self.last else {})})
            response = stream.getresponse()
            if response.status == 200:
                self.resumed += 1
                self.listen(response)
        finally:
            stream.close()

    def listen(self, response):
        event = {}
        while not self.is_over:
            line = response.readline()
            if not line:
                return
            name, _, value = line.decode().rstrip("\r\n").partition(":")
            if name:
                event[name] = value.strip()
                continue
            if line.strip():
                continue  # a comment
            self.take(event)
            event = {}
            self.begun.set()

    def take(self, event):
        self.last = event.get("id", self.last)
        self.resets += event.get("event") == "reset"
        if event.get("event") == "message":
            data = json.loads(event["data"])
            if uuid.UUID(data["conversationId"]).bytes == self.conversation:
                self.numbers.append(data["seq"])
