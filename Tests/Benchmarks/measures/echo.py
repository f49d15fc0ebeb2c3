"""Warm calls: the gateway with two echo workers, against nginx and against the bare server, interleaved."""
from statistics import median

from . import load, processes

STACK = """version: 1.0
provider: {name: openfaas, gateway: "http://127.0.0.1:8080"}
functions:
  echo:
    lang: dockerfile
    handler: ./Functions/echo
    image: echo
    labels: {com.openfaas.scale.min: "2", com.openfaas.scale.max: "2"}
    annotations: {passerelle.queue: "1024"}
"""


def measure(report, seconds):
    with processes.nginx() as (nginx, _), processes.bare_server() as (bare, _), \
            processes.gateway(STACK, ACCESS_LOG="off") as (url, gateway):
        servers = {"nginx return 200": nginx, "bare server": bare, "warm echo": url + "/function/echo"}
        for connections in (1, 16, 64):
            runs = {name: [] for name in servers}
            for _ in range(3):
                for name, address in servers.items():
                    runs[name].append(load.post(address, connections, max(1, seconds // 2)))
            figures = {name: tuple(median(run[i] for run in of) for i in range(3)) for name, of in runs.items()}
            tell(report, connections, figures)
        report.add("gateway, resident after the load", processes.resident_bytes(gateway.pid) / 1e6, "MB", goal=20,
                   higher=False)
        workers = [pid for pid in processes.children(gateway.pid) if processes.name(pid) == "echo"]
        report.add("one echo worker, resident", max(map(processes.resident_bytes, workers)) / 1e6, "MB")


def tell(report, connections, figures):
    rate, p50, p99 = figures["warm echo"]
    nginx = figures["nginx return 200"]
    label = f"warm echo, {connections} connection{'s' if connections > 1 else ''}"
    report.add(label, rate, "calls/s", ("nginx return 200", nginx[0]), 0.42 if connections == 64 else None)
    report.add(label, rate, "calls/s", ("bare server", figures["bare server"][0]))
    report.add(label + ", p50", p50, "ms", ("nginx", nginx[1]), 1.5 if connections == 1 else None, higher=False)
    report.add(label + ", p99", p99, "ms", goal=8 if connections == 64 else None, higher=False)
