"""A process for each call, against the machine's own posix_spawn rate for the same program."""
import os, subprocess

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
        full = load.post(url + "/function/echo", 16, seconds)
    alone = (alone + spawn_rate(seconds)) / 2
    report.add("one-shot echo, 16 connections", full[0], "calls/s", ("posix_spawn on all cores", alone), 0.75)
    report.add("one-shot echo, 1 connection, p50", single[1], "ms")


def spawn_rate(seconds):
    command = [f"{processes.BIN}/bare-spawn", os.path.abspath(f"{processes.BIN}/echo"), str(seconds)]
    spawners = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(os.cpu_count())]
    return sum(int(spawner.communicate()[0]) for spawner in spawners) / seconds
