"""A process for each call, against the machine's own posix_spawn rate for the same program."""
import os, socket, subprocess, time
from statistics import median
from urllib.parse import urlparse

from . import load, processes

STACK = """version: 1.0
provider: {name: openfaas, gateway: "http://127.0.0.1:8080"}
functions:
  echo:
    lang: dockerfile
    handler: ./Functions/echo
    image: echo
    labels: {com.openfaas.scale.max: "8"}
    annotations: {passerelle.mode: one-shot, passerelle.queue: "1024"}
"""


def measure(report, seconds):
    alone = spawn_rate(seconds)
    with processes.gateway(STACK, ACCESS_LOG="off") as (url, _):
        single = load.post(url + "/function/echo", 1, seconds)
        thinking = after_pauses(url + "/function/echo", 0.005, seconds)
        full = load.post(url + "/function/echo", 16, seconds)
    alone = (alone + spawn_rate(seconds)) / 2
    report.add("one-shot echo, 16 connections", full[0], "calls/s", ("posix_spawn on all cores", alone), 0.75)
    report.add("one-shot echo, 1 connection, p50", single[1], "ms", goal=0.5, higher=False)
    report.add("one-shot echo, 1 connection, 5 ms between calls, p50", thinking, "ms", goal=0.5, higher=False)


def spawn_rate(seconds):
    command = [f"{processes.BIN}/bare-spawn", os.path.abspath(f"{processes.BIN}/echo"), str(seconds)]
    spawners = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(os.cpu_count())]
    return sum(int(spawner.communicate()[0]) for spawner in spawners) / seconds


def after_pauses(url, pause, seconds):
    """The median of calls, in milliseconds, of one caller who waits a moment after each answer."""
    place = urlparse(url)
    request = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 5\r\n\r\nhello".encode()
    times = []
    with socket.create_connection((place.hostname, place.port)) as caller:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.monotonic()
            caller.sendall(request)
            answer = b""
            while not answer.endswith(b"hello"):
                answer += caller.recv(65536)
            times.append(time.monotonic() - begun)
            time.sleep(pause)
    return median(times) * 1000
