"""Whether the time of a refusal tells a login that exists from one that does not, or from one that is locked."""
import time

from . import processes
from .admin import Admin
from .client import Client

COUNT = 200
SIGNIFICANT = 3.29  # two-sided p < 0.001


def measure(report, seconds):
    with processes.installation() as (url, supervisor):
        client = Client(url)
        admin = Admin(client, supervisor.data)
        for index in range(2 * COUNT):
            status, _, answer = client.post("create-account", {"login": f"timed-{index}"})
            assert status == 201, answer
        for index in range(COUNT, 2 * COUNT):
            status, _, answer = admin.send("PUT", f"manage-account/accounts/timed-{index}/lock")
            assert status == 200, answer
        for index in range(20):
            refuse(client, f"warming-up-{index}")
        times = {"known": [], "unknown": [], "locked": []}
        for index in range(COUNT):
            times["known"].append(refuse(client, f"timed-{index}"))
            times["unknown"].append(refuse(client, f"nobody-{index}"))
            times["locked"].append(refuse(client, f"timed-{COUNT + index}"))
        for other in ("unknown", "locked"):
            z = abs(rank_difference(times["known"], times[other]))
            report.add(f"refusals, known against {other}, |z| of the rank sum", z, "", goal=SIGNIFICANT, higher=False)
        for name, values in times.items():
            report.add(f"a refusal, {name}, median", sorted(values)[COUNT // 2] * 1000, "ms")


def refuse(client, login):
    start = time.perf_counter()
    status, _, _ = client.post("verify-login", {"login": login, "password": "x" * 24, "totp": "000000"})
    assert status == 401, status
    return time.perf_counter() - start


def rank_difference(left, right):
    """The rank sum's distance from its mean in standard deviations (Mann and Whitney, 1947)."""
    ranked = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    total = sum(rank for rank, (_, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(left), len(right)
    return (total - n * (n + m + 1) / 2) / (n * m * (n + m + 1) / 12) ** 0.5
