"""Calls beside ten thousand connections that were used once and kept: what the gateway holds, and whether calls slow down."""
import re, resource, socket, urllib.request
from statistics import median
from urllib.parse import urlsplit

from . import load, processes
from .echo import STACK

CONNECTIONS = 10_000
CALL = b"POST /function/echo HTTP/1.1\r\nHost: bench\r\nContent-Length: 5\r\n\r\nhello"


def measure(report, seconds):
    allow_descriptors(CONNECTIONS + 500)
    settings = dict(ACCESS_LOG="off", MAX_CONNECTIONS=str(CONNECTIONS + 500), IDLE_TIMEOUT="10m")
    with processes.gateway(STACK, **settings) as (url, gateway):
        before = p50(url, seconds)
        kept = [use_once(url) for _ in range(CONNECTIONS)]
        beside = p50(url, seconds)
        report.add(f"gateway with {CONNECTIONS} idle connections", processes.resident_bytes(gateway.pid) / 1e6, "MB",
                   goal=100, higher=False)
        report.add("warm echo beside them, 16 connections, p50", beside, "ms", ("without them", before), goal=1.2,
                   higher=False)
        metrics = urllib.request.urlopen(url + "/metrics").read().decode()
        open_ones = int(re.search(r"^passerelle_open_connections (\d+)", metrics, re.M).group(1))
        assert open_ones >= CONNECTIONS, f"only {open_ones} connections are still open"
        for connection in kept:
            connection.close()
        report.add("warm echo after them, 16 connections, p50", p50(url, seconds), "ms")


def p50(url, seconds):
    runs = [load.post(url + "/function/echo", 16, max(1, seconds // 2)) for _ in range(5)]
    return median(run[1] for run in runs)


def use_once(url):
    """A connection that has had one answer, and stays open."""
    address = urlsplit(url)
    connection = socket.create_connection((address.hostname, address.port), timeout=30)
    connection.sendall(CALL)
    answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 200 "), answer
    return connection


def allow_descriptors(count):
    """Here, and in the gateway that is started from here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        raise SystemExit(f"this takes {count} open files, and {hard} are allowed (ulimit -Hn)")
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
