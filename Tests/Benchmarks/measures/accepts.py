"""Calls for later: how long until one is stored durably and accepted; and the first answer of a function that stores
and has no worker."""
import base64, time

from . import processes
from .client import Client, percentile

CALLS = 300
STARTS = 40
FUNCTION = "claim-credentials"


def measure(report, seconds):
    with processes.installation() as (url, supervisor):
        client = Client(url)
        times = [accept(client) for _ in range(20 + CALLS)][20:]
        report.add("a call for later, accepted durably, p50", percentile(times, 0.5) * 1000, "ms")
        report.add("a call for later, accepted durably, p95", percentile(times, 0.95) * 1000, "ms", goal=20, higher=False)
        admin = {"Authorization": "Basic " + base64.b64encode(credentials(supervisor)).decode()}
        times = [answer_from_zero(client, admin) for _ in range(STARTS)]
        report.add("a first answer from MongoDB, from zero workers, p50", percentile(times, 0.5) * 1000, "ms")
        report.add("a first answer from MongoDB, from zero workers, p95", percentile(times, 0.95) * 1000, "ms", goal=100,
                   higher=False)


def accept(client):
    start = time.monotonic()
    status, _, _ = client.send("POST", "/async-function/echo", b"x" * 100)
    assert status == 202, status
    return time.monotonic() - start


def answer_from_zero(client, admin):
    """Seconds until the first answer of a function whose last worker was let go."""
    status, _, _ = client.send("POST", f"/system/scale-function/{FUNCTION}", {"serviceName": FUNCTION, "replicas": 0}, admin)
    assert status == 202, status
    while client.send("GET", f"/system/function/{FUNCTION}", None, admin)[2]["availableReplicas"] > 0:
        time.sleep(0.02)
    time.sleep(0.1)  # the worker that was let go ends meanwhile
    start = time.monotonic()
    status, _, answer = client.post(FUNCTION, {"token": "A" * 43})
    assert status == 410, answer
    return time.monotonic() - start


def credentials(supervisor):
    """What basic authentication takes, from the installation's secrets."""
    def secret(name):
        with open(f"{supervisor.data}/secrets/{name}", "rb") as file:
            return file.read().strip()

    return secret("basic-auth-user") + b":" + secret("basic-auth-password")
