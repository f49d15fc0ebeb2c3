"""Every address that people's browsers call, at fifty calls a second; those that hash, one call after another."""
import time

import pyotp

from .client import Client, in_parallel, percentile
from . import processes

RATE = 50
CONNECTIONS = 10
GOAL = 100
PROFILE = {"displayName": "Alice", "birthDate": "1990-01-01", "timeZone": "Europe/Paris", "languages": ["fr"]}


def measure(report, seconds):
    with processes.installation() as (url, _):
        client = Client(url)
        person = Person(client, "endpoints")
        person.call("PUT", "edit-profile", PROFILE)
        Person(client, "endpoints-other").call("PUT", "edit-profile", PROFILE)
        for name, ask in steady(person):
            tell(report, f"{name}, 50 calls/s", at_rate(ask, seconds))
        for name, ask in hashing(client):
            tell(report, f"{name}, one at a time", [timed(ask, index) for index in range(20)])


def steady(person):
    """What only reads or writes a little, as (name, call of the i-th)."""
    addresses = [
        "echo", "verify-login/jwks", "manage-account", "manage-account/export", "edit-profile",
        "edit-profile/endpoints", "edit-profile/endpoints/avatar", "browse-games", "browse-games/library", "match",
        "match/requests", "match/teammates", "match/blocks", "read-messages", "read-messages/communities",
        "read-messages/notifications",
    ]
    for path in ["/", "/assets/style/base.css", "/healthz", "/openapi.json"]:
        yield f"GET {path}", lambda _, path=path: person.client.send("GET", path)
    for address in addresses:
        yield f"GET {address}", lambda _, address=address: person.call("GET", address)
    yield "PUT edit-profile", lambda _: person.call("PUT", "edit-profile", PROFILE)
    yield "PUT match/blocks", lambda _: person.call("PUT", "match/blocks/endpoints-other")


def hashing(client):
    yield "POST create-account", lambda index: client.post("create-account", {"login": f"made-{index}"})
    people = [Person(client, f"hashing-{index}", log_in=False) for index in range(20)]
    yield "POST verify-login", lambda index: people[index].log_in()
    links = [client.post("create-account", {"login": f"linked-{index}", "handout": "link"})[2] for index in range(20)]
    tokens = [link["handout"]["url"].split("#")[1] for link in links]
    yield "POST claim-credentials", lambda index: client.post("claim-credentials", {"token": tokens[index]})


class Person:
    """Somebody with an account, who logs in once."""

    def __init__(self, client, login, log_in=True):
        self.client = client
        status, _, self.credentials = client.post("create-account", {"login": login})
        assert status == 201, self.credentials
        if log_in:
            _, _, session = self.log_in()
            self.fields = {"Authorization": "Bearer " + session["accessToken"]}

    def log_in(self):
        code = pyotp.TOTP(self.credentials["totp"]["secret"]).now()
        return self.client.post("verify-login", {
            "login": self.credentials["login"], "password": self.credentials["password"], "totp": code})

    def call(self, method, path, body=None):
        return self.client.send(method, path, body, self.fields)


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


def timed(ask, index):
    begin = time.monotonic()
    check(ask(index))
    return time.monotonic() - begin


def check(answer):
    status, _, content = answer
    assert status in (200, 201, 204), (status, content)


def tell(report, name, times):
    report.add(f"{name}, p50", percentile(times, 0.5) * 1000, "ms")
    report.add(f"{name}, p95", percentile(times, 0.95) * 1000, "ms", goal=GOAL, higher=False)
