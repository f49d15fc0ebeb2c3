"""Rotating a hundred thousand accounts, while the gateway's and the function's memory is watched."""
import time

from . import processes
from .admin import Admin
from .client import Client
from .store import copy_accounts, open_store

ACCOUNTS = 100_000


def measure(report, seconds):
    with processes.installation() as (url, supervisor):
        client = Client(url)
        admin = Admin(client, supervisor.data)
        copy_accounts(open_store(supervisor.data), "bench-admin", ACCOUNTS)
        for mode, goal in (("next-login", 10), ("now", None)):
            start = time.monotonic()
            status, _, operation = admin.send("POST", "rotate-credentials", {"all": True, "mode": mode})
            assert status in (200, 202) and operation["matched"] >= ACCOUNTS, operation
            largest = 0
            while operation["status"] == "running":
                time.sleep(0.1)
                _, _, operation = admin.send("GET", f"rotate-credentials/operations/{operation['operationId']}")
                largest = max(largest, *map(processes.resident_bytes, workers(supervisor)))
            assert operation["status"] == "done" and operation["rotated"] == operation["matched"], operation
            report.add(f"rotation of {ACCOUNTS} accounts, {mode}", time.monotonic() - start, "s", goal=goal,
                       higher=False)
            report.add(f"rotation of {ACCOUNTS} accounts, {mode}, largest worker", largest / 1e6, "MB")


def workers(supervisor):
    gateway = next(pid for pid in processes.children(supervisor.pid) if processes.name(pid) == "passerelle")
    return [pid for pid in processes.children(gateway) if processes.name(pid).startswith("rotate-creden")] or [gateway]
