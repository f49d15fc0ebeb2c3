"""Every endpoint of the contract at fifty calls a second; those that hash, one call after another."""
import time

from . import processes
from .client import Client, in_parallel, percentile
from .endpoint_calls import Calls, LEFT_OUT

RATE = 50
CONNECTIONS = 10
GOAL = 100
ONE_BY_ONE = 20


def measure(report, seconds):
    seconds = min(seconds, 4)
    with processes.installation(MESSAGE_RATE="0", FIRST_CONTACTS_PER_DAY="0") as (url, supervisor):
        client = Client(url)
        calls = Calls(client, supervisor.data, RATE * seconds, ONE_BY_ONE)
        measured = set()
        for name, ask in calls.steady():
            measured.add(name)
            tell(report, f"{name}, 50 calls/s", at_rate(ask, seconds))
        for name, ask, *undo in calls.one_by_one():
            measured.add(name)
            tell(report, f"{name}, one at a time", [timed(ask, index, *undo) for index in range(ONE_BY_ONE)])
        missing = contract(client) - measured - set(LEFT_OUT)
        report.add("endpoints of the contract that were not measured", len(missing), "", goal=0, higher=False)
        for name in sorted(missing):
            print("not measured:", name)


def contract(client):
    """What the contract names, as `GET /function/match`."""
    _, _, document = client.send("GET", "/openapi.json")
    methods = ("get", "put", "post", "patch", "delete", "head")
    return {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in methods
            if method in item}


def at_rate(ask, seconds):
    """Calls at fixed instants, however long the answers take; gives the times from the instant to the answer."""
    start = time.monotonic() + 0.2
    count = RATE * seconds

    def connection(number):
        times = []
        for index in range(number, count, CONNECTIONS):
            due = start + index / RATE
            time.sleep(max(0, due - time.monotonic()))
            check(ask(index))
            times.append(time.monotonic() - due)
        return times

    return sum(in_parallel(CONNECTIONS, connection), [])


def timed(ask, index, undo=None):
    begin = time.monotonic()
    check(ask(index))
    took = time.monotonic() - begin
    if undo:
        check(undo(index))
    return took


def check(answer):
    status, _, content = answer
    assert status in (200, 201, 202, 204), (status, content)


def tell(report, name, times):
    report.add(f"{name}, p50", percentile(times, 0.5) * 1000, "ms")
    report.add(f"{name}, p95", percentile(times, 0.95) * 1000, "ms", goal=GOAL, higher=False)
