"""An HTTP client for the account functions: one connection kept open for each thread."""
import http.client, json, threading, time
from urllib.parse import urlsplit

# The gateway closes a connection that nothing came over for 75 seconds.
LONGEST_IDLE = 30


class Client:
    def __init__(self, base):
        self.host = urlsplit(base).netloc
        self.local = threading.local()

    def post(self, function, body):
        return self.send("POST", function, body)

    def hang_up(self):
        """Ends this thread's connection, which the gateway would find idle for too long; the next call opens another."""
        connection = getattr(self.local, "connection", None)
        if connection is not None:
            connection.close()

    def send(self, method, path, body=None, fields={}):
        """Calls a function, or the address itself where it begins with a slash; gives status, headers and content."""
        connection = getattr(self.local, "connection", None)
        if connection is None or time.monotonic() - self.local.used > LONGEST_IDLE:
            connection = self.local.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.local.used = time.monotonic()
        content = body if body is None or isinstance(body, bytes) else json.dumps(body)
        address = path if path.startswith("/") else "/function/" + path
        connection.request(method, address, content, {"Content-Type": "application/json", **fields})
        response = connection.getresponse()
        content = response.read()
        kind = response.headers.get("Content-Type", "")
        is_json = "json" in kind and "ndjson" not in kind
        return response.status, response.headers, json.loads(content) if content and is_json else content or None


def in_parallel(count, work):
    """Runs work(i) in `count` threads; gives what they answer, and raises what one of them raised."""
    results, faults = [None] * count, []

    def run(index):
        try:
            results[index] = work(index)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return results


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
