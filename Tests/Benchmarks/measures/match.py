"""What finding players costs by how many there are: 10,000, 100,000, a million (PLAYERS names other sizes)."""
import base64, contextlib, glob, json, os, re, subprocess, tempfile, threading, time, urllib.request

import pyotp

from . import processes
from .admin import Admin
from .client import Client, in_parallel, percentile
from .crowd import write_crowd
from .exact import wrong_answers
from .store import secret

SIZES = [int(size) for size in os.environ.get("PLAYERS", "10000 100000 1000000").split()]
ASKERS = 24
# So many of them have their answers checked against judging everybody.
CHECKED = 6
PROFILE = {
    "displayName": "Asker", "birthDate": "1990-01-01", "timeZone": "Europe/Paris", "languages": ["en", "fr"],
    "region": "europe", "playStyle": "any", "voiceChat": "optional",
    "availability": [{"day": "monday", "from": "18:00", "to": "20:30"},
                     {"day": "friday", "from": "19:00", "to": "21:30"}]}
LONGEST_BUILD = 300


def measure(report, seconds):
    for size in SIZES:
        scan(report, size)
        with processes.installation() as (url, supervisor):
            measure_size(report, size, Client(url), supervisor, max(10, 2 * seconds))


def scan(report, size):
    """The scan alone, over made-up players in memory that other processes share."""
    with tempfile.TemporaryDirectory(dir=".build", prefix="bench-") as folder:
        output = subprocess.run([f"{processes.BIN}/bare-scan", folder, str(size)], capture_output=True, text=True,
                                check=True).stdout
    _, _, opening, middle, most = map(int, output.split())
    report.add(f"{size} players, opening the snapshot", opening / 1000, "ms")
    report.add(f"{size} players, the scan itself, p50", middle / 1000, "ms", goal=25, higher=False)
    report.add(f"{size} players, the scan itself, p95", most / 1000, "ms")


def measure_size(report, size, client, supervisor, seconds):
    admin = Admin(client, supervisor.data)
    scale(client, supervisor, 0)
    report.add(f"{size} players written", write_crowd(supervisor.data, size), "s")
    askers = in_parallel(4, lambda part: [Player(client, number) for number in range(part, ASKERS, 4)])
    askers = [asker for part in askers for asker in part]
    # The file that was made of nobody would be brought up to date instead of made anew.
    for file in glob.glob(os.path.join(supervisor.data, "snapshots", "*.snapshot")):
        os.unlink(file)
    scale(client, supervisor, 1)
    made = wait_for_snapshot(supervisor, size)
    report.add(f"{size} players, building the snapshot", made / 1000, "s", goal=60, higher=False)
    file, = glob.glob(os.path.join(supervisor.data, "snapshots", "*.snapshot"))
    report.add(f"{size} players, the snapshot", os.path.getsize(file) / 1e6, "MB", goal=150, higher=False)
    wait_until_answered(askers[0])
    wrong = wrong_answers(supervisor.data, askers[:CHECKED])
    report.add(f"{size} players, answers of {CHECKED} unlike judging everybody", wrong, "", goal=0, higher=False)
    # Its workers are gone, so that the first answer is a cold one's.
    scale(client, supervisor, 0)
    scale(client, supervisor, 1)
    times = paced(20, seconds, lambda number: askers[number % ASKERS].send("GET", "match"))
    report.add(f"{size} players, match at 20 calls/s, longest", max(times) * 1000, "ms")
    report.add(f"{size} players, match at 20 calls/s, p50", percentile(times, 0.5) * 1000, "ms")
    report.add(f"{size} players, match at 20 calls/s, p95", percentile(times, 0.95) * 1000, "ms", goal=100,
               higher=False)
    report.add(f"{size} players, largest match worker's own memory", own_memory(supervisor) / 1e6, "MB")
    report.add(f"{size} players, an edit visible to others, longest of 20", visible(admin, askers) * 1000, "ms",
               goal=1000, higher=False)
    for name, call in own_calls(askers):
        paced(100, 2, call)
        times = paced(100, seconds, call)
        report.add(f"{size} players, {name} at 100/s, p95", percentile(times, 0.95) * 1000, "ms", goal=20,
                   higher=False)


def own_calls(askers):
    """What players do with their own profile and library, as (name, call)."""
    entry, bio = {"level": "expert", "weight": 2}, {"bio": "Plays in the evening."}
    asker = lambda number: askers[number % ASKERS]
    profile = {**PROFILE, "bio": "Plays at night."}
    yield "GET edit-profile", lambda number: asker(number).send("GET", "edit-profile")
    yield "PUT edit-profile", lambda number: asker(number).send("PUT", "edit-profile", profile)
    yield "PATCH edit-profile", lambda number: asker(number).send("PATCH", "edit-profile", bio)
    yield "GET library", lambda number: asker(number).send("GET", "browse-games/library")
    yield "PUT library", lambda number: asker(number).send("PUT", f"browse-games/library/game-{number % 7}", entry)


class Player:
    """Somebody with an account, a profile and six games."""

    def __init__(self, client, number):
        self.client = client
        status, _, account = client.post("create-account", {"login": f"asker-{number}"})
        assert status == 201, account
        code = pyotp.TOTP(account["totp"]["secret"]).at(int(time.time()))
        status, _, login = client.post("verify-login", {"login": account["login"], "password": account["password"],
                                                        "totp": code})
        assert status == 200, login
        self.login, self.token = account["login"], login["accessToken"]
        self.send("PUT", "edit-profile", PROFILE)
        for game in {number % 3, 3 + number % 4, 8 + number, 40 + number, 100 + number, 300 + number}:
            self.send("PUT", f"browse-games/library/game-{game}", {"level": "advanced", "weight": 2})

    def send(self, method, path, body=None):
        status, _, answer = self.client.send(method, path, body, {"Authorization": "Bearer " + self.token})
        assert status < 300, (method, path, status, answer)
        return answer


def scale(client, supervisor, replicas):
    """Pauses and resumes `match`, so that its workers do not follow while the crowd is written."""
    words = ":".join(secret(supervisor.data, name).decode() for name in ("basic-auth-user", "basic-auth-password"))
    request = urllib.request.Request(
        f"http://{client.host}/system/scale-function/match", method="POST",
        data=json.dumps({"serviceName": "match", "replicas": replicas}).encode(),
        headers={"Authorization": "Basic " + base64.b64encode(words.encode()).decode(),
                 "Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=60).close()


def wait_for_snapshot(supervisor, size):
    """Milliseconds that the function says it took."""
    end = time.monotonic() + LONGEST_BUILD
    while time.monotonic() < end:
        with open(os.path.join(supervisor.data, "serve.log")) as log:
            for players, took in re.findall(r'"snapshot.made".*"players":(\d+).*"milliseconds":(\d+)', log.read()):
                if int(players) >= size:
                    return int(took)
        time.sleep(0.2)
    raise SystemExit("no snapshot was made in five minutes")


def wait_until_answered(asker):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        # The connection may have idled too long while the crowd was written.
        with contextlib.suppress(AssertionError, OSError):
            return asker.send("GET", "match")
        time.sleep(0.2)
    raise SystemExit("match answers nothing")


def paced(rate, seconds, call, threads=16):
    """Calls at that rate, whether answers come or not; seconds from when each was due to its answer."""
    start, count = time.monotonic() + 0.1, rate * seconds
    due = iter(range(count))
    lock, times = threading.Lock(), []

    def work(_):
        while True:
            with lock:
                number = next(due, None)
            if number is None:
                return
            at = start + number / rate
            time.sleep(max(0, at - time.monotonic()))
            call(number)
            times.append(time.monotonic() - at)

    in_parallel(threads, work)
    return times


def visible(admin, askers):
    """The longest time from an answered edit of one's library to its effect in another's matches."""
    one, other = askers[:2]
    status, _, answer = admin.send("PUT", "browse-games/bench-game", {"name": "Bench", "categories": [], "ranks": []})
    assert status == 200, answer
    one.send("PUT", "browse-games/library/bench-game", {"level": "expert"})
    longest = 0
    for number in range(20):
        if number % 2 == 0:
            other.send("PUT", "browse-games/library/bench-game", {"level": "expert"})
        else:
            other.send("DELETE", "browse-games/library/bench-game")
        start = time.monotonic()
        while bool(one.send("GET", "match?game=bench-game")["matches"]) != (number % 2 == 0):
            time.sleep(0.01)
        longest = max(longest, time.monotonic() - start)
    return longest


def own_memory(supervisor):
    """The private memory of the largest worker: what it does not share with others."""
    gateway = next(pid for pid in processes.children(supervisor.pid) if processes.name(pid) == "passerelle")
    workers = [pid for pid in processes.children(gateway) if processes.name(pid) == "match"]
    return max(private(pid) for pid in workers)


def private(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Private"))
