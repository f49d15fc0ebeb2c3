"""A million audit events: sealed, listed and verified."""
import time

from . import processes
from .admin import Admin
from .client import Client, percentile
from .store import open_store, secret, write_events

EVENTS = 1_000_000


def measure(report, seconds):
    with processes.installation() as (url, supervisor):
        client = Client(url)
        admin = Admin(client, supervisor.data)
        db = open_store(supervisor.data)
        start = time.monotonic()
        write_events(db, secret(supervisor.data, "audit-key"), EVENTS)
        while db.audit.find_one({"unsealed": True}):
            time.sleep(0.2)
        report.add(f"{EVENTS} events written and sealed", EVENTS / (time.monotonic() - start), "events/s", goal=500)
        client.hang_up()
        pages(report, admin)
        start = time.monotonic()
        status, _, verdict = admin.send("GET", "read-audit/verify")
        assert status == 200 and verdict["ok"], verdict
        report.add(f"{verdict['events']} events verified", time.monotonic() - start, "s", goal=60, higher=False)
        gateway = next(pid for pid in processes.children(supervisor.pid) if processes.name(pid) == "passerelle")
        readers = [pid for pid in processes.children(gateway) if processes.name(pid) == "read-audit"]
        report.add("read-audit worker afterwards, resident", processes.resident_bytes(readers[0]) / 1e6, "MB")


def pages(report, admin):
    times, after = [], ""
    for _ in range(50):
        start = time.monotonic()
        status, _, page = admin.send("GET", "read-audit?limit=100" + after)
        times.append(time.monotonic() - start)
        assert status == 200 and len(page["events"]) == 100, page
        after = "&after=" + page["next"]
    report.add("a page of 100 events, p95", percentile(times, 0.95) * 1000, "ms", goal=50, higher=False)
