"""Logins and creations, against the bare hash on all cores: libsodium's as any program calls it."""
import json, os, subprocess, time

import pyotp

from . import processes
from .callers import call, request
from .client import Client, in_parallel, percentile

CONNECTIONS = 32
WARMING = 1


def measure(report, seconds):
    rate, alone = hash_rate(max(2, seconds // 2))
    ours, _ = hash_rate(max(2, seconds // 2), "ours")
    report.add("hash in huge pages, on all cores", ours, "hashes/s", ("libsodium's own", rate))
    with processes.installation() as (url, supervisor):
        client = Client(url)
        created = create(report, client, accounts=CONNECTIONS * 12)
        logins, times = log_in(report, url, created, seconds)
        rate, alone = [(before + after) / 2 for before, after in zip((rate, alone), hash_rate(max(2, seconds // 2)))]
        report.add("verify-login, 32 connections", logins, "logins/s", ("bare hash on all cores", rate), 0.70)
        report.add("verify-login, 32 connections, p50", percentile(times, 0.5) * 1000, "ms", ("one hash", alone))
        report.add("verify-login, 32 connections, p99", percentile(times, 0.99) * 1000, "ms", ("one hash", alone), 20,
                   higher=False)
        claims(report, client, logins)
        renewals(report, client, created, logins)
        looks(report, client, supervisor)
        crowd(report, client, created, supervisor)


def hash_rate(seconds, *how):
    """Hashes a second on all cores, and the milliseconds of one while the others are hashing too."""
    hashers = [subprocess.Popen([f"{processes.BIN}/bare-hash", str(seconds), *how], stdout=subprocess.PIPE, text=True)
               for _ in range(os.cpu_count())]
    answers = [list(map(int, hasher.communicate()[0].split())) for hasher in hashers]
    return sum(count for count, _ in answers) / seconds, max(micros for _, micros in answers) / 1000


def create(report, client, accounts):
    times = []

    def make(index):
        start = time.monotonic()
        status, _, account = client.post("create-account", {"login": f"bench-{index}"})
        assert status == 201, (status, account)
        times.append(time.monotonic() - start)
        return account

    alone = [make(-index - 1) for index in range(30)]
    report.add("create-account, one at a time, p50", percentile(times, 0.5) * 1000, "ms", goal=60, higher=False)
    share = accounts // 4
    return alone + sum(in_parallel(4, lambda i: [make(i * share + j) for j in range(share)]), [])


def log_in(report, url, accounts, seconds):
    """Each connection logs its own accounts in, one after another, with the codes of three steps; the first second warms
    up. Requests and codes are put together beforehand, and chosen by the time at which they are sent."""
    share = len(accounts) // CONNECTIONS
    steps = range(int(time.time()) // 30 - 1, int(time.time() + seconds) // 30 + 4)
    bodies = {id(account): {step: login(account, step) for step in steps} for account in accounts}
    counted, end = time.monotonic() + WARMING, time.monotonic() + WARMING + seconds
    ended, times, refused = [], [], {401: 0, 503: 0}

    def logins(index):
        for offset in (-1, 0, 1):
            for account in accounts[index * share:(index + 1) * share]:
                if time.monotonic() >= end:
                    return
                yield bodies[id(account)][int(time.time()) // 30 + offset]

    def judge(begun, now, answer):
        status, fields, content = answer
        if status == 200 and begun >= counted:
            times.append(now - begun)
        elif status != 200:
            assert status in refused, (status, content)
            refused[status] += 1
        if status == 200 and counted <= now < end:
            ended.append(now)
        return float(fields["retry-after"]) if status == 503 else None

    call(url, [(lambda each=logins(index): next(each, None)) for index in range(CONNECTIONS)], judge)
    assert time.monotonic() >= end, "more accounts are needed"
    report.add("verify-login, refused codes", refused[401], "times")
    report.add("verify-login, told to come back", refused[503], "times")
    return len(ended) / seconds, times


def login(account, step):
    code = pyotp.TOTP(account["totp"]["secret"]).generate_otp(step)
    return request("verify-login", json.dumps(
        {"login": account["login"], "password": account["password"], "totp": code}).encode())


def claims(report, client, logins, count=320):
    """Hand-outs claimed on all connections: each makes a set of credentials, hash and QR codes included."""
    tokens = []
    for index in range(count):
        status, _, answer = client.post("create-account", {"login": f"claim-{index}", "handout": "link"})
        assert status == 201, answer
        tokens.append(answer["handout"]["url"].split("#")[1])
    rate = all_at_once(client, "claim-credentials", [{"token": token} for token in tokens])
    report.add("claim-credentials, 32 connections", rate, "claims/s", ("verify-login", logins), 0.5)


def renewals(report, client, accounts, logins):
    """Renewals on all connections, with the tokens that logins by recovery code give."""
    tokens = []
    for account in accounts[:320]:
        status, _, answer = client.post("verify-login", {"login": account["login"], "password": account["password"],
                                                         "recoveryCode": account["recoveryCodes"][0]})
        assert status == 200, answer
        tokens.append(answer["renewalToken"])
    rate = all_at_once(client, "rotate-credentials", [{"renewalToken": token} for token in tokens])
    report.add("rotate-credentials, 32 connections", rate, "renewals/s", ("verify-login", logins), 0.5)


def all_at_once(client, function, bodies):
    def connection(index):
        for body in bodies[index::CONNECTIONS]:
            status, _, answer = client.post(function, body)
            assert status == 200, answer

    start = time.monotonic()
    in_parallel(CONNECTIONS, connection)
    return len(bodies) / (time.monotonic() - start)


def looks(report, client, supervisor, count=10_000):
    """Ten thousand looks at an account leave the worker as big as the first thousand did."""
    status, _, fresh = client.post("create-account", {"login": "looked-at"})
    code = pyotp.TOTP(fresh["totp"]["secret"]).at(int(time.time()))
    status, _, login = client.post("verify-login", {"login": "looked-at", "password": fresh["password"], "totp": code})
    assert status == 200, login
    fields = {"Authorization": "Bearer " + login["accessToken"]}
    sizes, times = [], []
    for index in range(count):
        start = time.monotonic()
        status, _, answer = client.send("GET", "manage-account", None, fields)
        times.append(time.monotonic() - start)
        assert status == 200, answer
        if index in (count // 10, count - 1):
            sizes.append(max(map(processes.resident_bytes, workers(supervisor, "manage-account"))))
    report.add("manage-account, one connection, p50", percentile(times, 0.5) * 1000, "ms")
    report.add("manage-account worker after 10,000 calls", sizes[1] / 1e6, "MB", ("after 1,000", sizes[0] / 1e6), 1.05,
               higher=False)


def workers(supervisor, name):
    gateway = next(pid for pid in processes.children(supervisor.pid) if processes.name(pid) == "passerelle")
    return [pid for pid in processes.children(gateway) if processes.name(pid) == name]


def crowd(report, client, accounts, supervisor):
    """Two hundred logins at once: memory stays bounded, what is too much is told to come back."""
    def attempt(index):
        body = {"login": f"nobody-{index}", "password": "x" * 24, "totp": "000000"}
        status, headers, _ = client.post("verify-login", body)
        return status, headers.get("Retry-After")

    answers = in_parallel(200, attempt)
    late = [answer for answer in answers if answer[0] == 503]
    assert all(after for _, after in late), "a 503 without Retry-After"
    assert {status for status, _ in answers} <= {401, 503}, answers
    hashing = workers(supervisor, "verify-login")
    report.add("200 logins at once, told to come back", len(late), "times")
    report.add("verify-login workers afterwards", len(hashing), "")
    report.add("verify-login workers, resident together", sum(map(processes.resident_bytes, hashing)) / 1e6, "MB")
