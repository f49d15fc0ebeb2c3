"""How long a function that stores takes from nothing to its first answer, and what it weighs."""
import os, re, subprocess, tempfile, time

from . import processes
from .client import percentile


def measure(report, seconds):
    with processes.installation() as (url, supervisor):
        secrets = supervisor.data + "/secrets"
        environment = {"secret_mount_path": secrets, "Http_Method": "POST", "Http_Path": "/",
                       "Http_Content_Type": "application/json", "FUNCTION_REPLY": "cgi"}
        body = b'{"renewalToken": "' + b"A" * 43 + b'"}'
        times = []
        for _ in range(40):
            start = time.monotonic()
            answer = subprocess.run([f"{processes.BIN}/rotate-credentials"], input=body, env=environment,
                                    capture_output=True)
            times.append(time.monotonic() - start)
            assert b"Status: 410" in answer.stdout, answer
        report.add("a cold function's first answer from MongoDB, p50", percentile(times, 0.5) * 1000, "ms", goal=60,
                   higher=False)
        report.add("a cold function's first answer from MongoDB, p95", percentile(times, 0.95) * 1000, "ms")
        gateway = next(pid for pid in processes.children(supervisor.pid) if processes.name(pid) == "passerelle")
        for pid in processes.children(gateway):
            report.add(f"{processes.name(pid)} worker, resident", processes.resident_bytes(pid) / 1e6, "MB")
