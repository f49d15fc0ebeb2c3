"""Logins and creations, against the bare hash on all cores."""
import os, subprocess, time

import pyotp

from . import processes
from .client import Client, in_parallel, percentile

CONNECTIONS = 32


def measure(report, seconds):
    rate, alone = hash_rate(max(2, seconds // 2))
    with processes.installation() as (url, supervisor):
        client = Client(url)
        created = create(report, client, accounts=CONNECTIONS * 12)
        logins, times, refused = log_in(client, created, seconds)
        rate = (rate + hash_rate(max(2, seconds // 2))[0]) / 2
        report.add("verify-login, 32 connections", logins, "logins/s", ("bare hash on all cores", rate), 0.70)
        report.add("verify-login, 32 connections, p50", percentile(times, 0.5) * 1000, "ms", ("one hash", alone))
        report.add("verify-login, 32 connections, p99", percentile(times, 0.99) * 1000, "ms", ("one hash", alone), 20,
                   higher=False)
        report.add("verify-login, refused and tried again", refused, "times")
        crowd(report, client, created, supervisor)


def hash_rate(seconds):
    """Hashes a second on all cores, and the milliseconds of one while the others are hashing too."""
    hashers = [subprocess.Popen([f"{processes.BIN}/bare-hash", str(seconds)], stdout=subprocess.PIPE, text=True)
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


def log_in(client, accounts, seconds):
    """Each connection logs its own accounts in, one after another, with the codes of three steps."""
    end = time.monotonic() + seconds
    share = len(accounts) // CONNECTIONS
    refused = []

    def connection(index):
        times = []
        for step in (-1, 0, 1):
            for account in accounts[index * share:(index + 1) * share]:
                if time.monotonic() >= end:
                    return times
                while True:
                    start = time.monotonic()
                    code = pyotp.TOTP(account["totp"]["secret"]).at(int(time.time()) + 30 * step)
                    status, headers, answer = client.post(
                        "verify-login", {"login": account["login"], "password": account["password"], "totp": code})
                    if status != 503:
                        break
                    refused.append(status)
                    time.sleep(float(headers["Retry-After"]))
                if status == 200:
                    times.append(time.monotonic() - start)
                else:
                    assert status == 401, (status, answer)
        return times

    start = time.monotonic()
    times = sum(in_parallel(CONNECTIONS, connection), [])
    return len(times) / (time.monotonic() - start), times, len(refused)


def crowd(report, client, accounts, supervisor):
    """Two hundred logins at once: memory stays bounded, what is too much is told to come back."""
    workers = [pid for parent in processes.children(supervisor.pid) for pid in processes.children(parent)]

    def attempt(index):
        body = {"login": f"nobody-{index}", "password": "x" * 24, "totp": "000000"}
        status, headers, _ = client.post("verify-login", body)
        return status, headers.get("Retry-After")

    answers = in_parallel(200, attempt)
    late = [answer for answer in answers if answer[0] == 503]
    assert all(after for _, after in late), "a 503 without Retry-After"
    assert {status for status, _ in answers} <= {401, 503}, answers
    after = [pid for parent in processes.children(supervisor.pid) for pid in processes.children(parent)]
    hashing = [pid for pid in after if processes.name(pid) == "verify-login"]
    report.add("200 logins at once, told to come back", len(late), "times")
    report.add("verify-login workers afterwards", len(hashing), "")
    report.add("verify-login workers, resident together", sum(map(processes.resident_bytes, hashing)) / 1e6, "MB")
