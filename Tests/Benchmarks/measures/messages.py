"""Durable sends, against a bare loop of inserts with the same durability and as many writers; pages of history and
lists of conversations."""
import os, re, subprocess, tempfile, time
from datetime import datetime, timedelta, timezone

from bson.binary import Binary
from bson.int64 import Int64

from . import people, processes
from .client import Client, percentile
from .store import open_store, unique_id

WRITERS = 8
CONVERSATIONS = 200
SENDERS = 2000
STORED = int(os.environ.get("BENCH_MESSAGES", "200000"))
SCRIPT = """local senders = {}
for line in io.lines(os.getenv("SENDERS")) do
  local token, game = line:match("(%S+) (%S+)")
  senders[#senders + 1] = {token, game}
end
local sent, run = 0, os.getenv("RUN")
request = function()
  sent = sent + 1
  local sender = senders[sent % #senders + 1]
  local body = string.format('{"community":"%s","body":"Message %d of those that are sent as fast as can be","clientMessageId":"%s-0000-4000-8000-%012x"}', sender[2], sent, run, sent)
  return wrk.format("POST", nil, {["Content-Type"] = "application/json", Authorization = "Bearer " .. sender[1]}, body)
end
done = function(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.status
  io.write(string.format("figures %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
"""


def measure(report, seconds):
    program = build_bare()
    with processes.installation(MESSAGE_RATE="0", FIRST_CONTACTS_PER_DAY="0") as (url, supervisor):
        client, db = Client(url), open_store(supervisor.data)
        tokens = people.Tokens(supervisor.data, url)
        login = people.first(client)
        senders = people.crowd(db, tokens, login, SENDERS, lambda n: [f"game-{n % CONVERSATIONS}", "everybody"])
        spread = [(token, f"game-{n % CONVERSATIONS}") for n, token in enumerate(senders)]
        sends(report, program, supervisor.data, db, url, spread, seconds)
        one(report, url, senders, seconds)
        fill(db)
        pages(report, client, senders, seconds)
        lists(report, client, db, tokens, login, seconds)


def build_bare():
    """The bare loop, in C; gives the program's path."""
    program = os.path.join(".build", "bare-insert")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libmongoc-1.0"], capture_output=True, text=True,
                           check=True).stdout.split()
    subprocess.run(["cc", "-O2", "-o", program, "Tests/Benchmarks/bare-insert/bare_insert.c", *flags], check=True)
    return program


def bare(program, data, seconds):
    with open(os.path.join(data, "secrets", "mongodb-uri")) as file:
        uri = file.read().strip()
    run = f"{time.time_ns():x}"
    writers = [subprocess.Popen([program, uri, "passerelle", "bench" + run, str(n), str(seconds)],
                                stdout=subprocess.PIPE, text=True) for n in range(WRITERS)]
    return sum(int(writer.communicate()[0]) for writer in writers) / seconds


def send(url, senders, seconds, run):
    """Sends a second, p50 and p99 in milliseconds, and how many failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script, tempfile.NamedTemporaryFile("w") as list_:
        script.write(SCRIPT)
        script.flush()
        list_.writelines(f"{token} {game}\n" for token, game in senders)
        list_.flush()
        output = subprocess.run(
            ["wrk", "-t1", f"-c{WRITERS}", f"-d{seconds}s", "--timeout", "15s", "-s", script.name,
             url + "/function/send-message"],
            env=dict(os.environ, SENDERS=list_.name, RUN=run), capture_output=True, text=True, check=True).stdout
    count, micros, p50, p99, failed = map(int, re.search(r"figures (\d+) (\d+) (\d+) (\d+) (\d+)", output).groups())
    return count, count / (micros / 1e6), p50 / 1000, p99 / 1000, failed


def sends(report, program, data, db, url, spread, seconds):
    """Bare inserts and sends by turns, so that whatever else the machine does weighs on both."""
    # Each worker has each conversation's key afterwards, and has checked most senders' tokens, as if they had been there
    # for a while: what is measured is their sending, not their arrival.
    send(url, spread, 5 * seconds, "000000ff")
    bares, rates, runs = [], [], []
    for turn in range(3):
        bares.append(bare(program, data, seconds))
        count, rate, p50, p99, failed = send(url, spread, seconds, f"{turn + 2:08x}")
        rates.append(rate)
        runs.append((f"{turn + 2:08x}", count, p50, p99, failed))
    report.add(f"send-message, {WRITERS} writers, {CONVERSATIONS} conversations", sum(rates) / 3, "sends/s",
               ("bare inserts", sum(bares) / 3), 0.35)
    report.add("send-message, p50", max(run[2] for run in runs), "ms")
    report.add("send-message, p99", max(run[3] for run in runs), "ms", goal=100, higher=False)
    report.add("send-message, refused", sum(run[4] for run in runs), "times", goal=0, higher=False)
    time.sleep(2)  # what was under way when the load stopped has come in
    report.add("messages lost or doubled", sum(wrong(db, run, count) for run, count, *_ in runs), "", goal=0,
               higher=False)
    report.add("conversations with a gap", len(list(db.messages.aggregate([
        {"$group": {"_id": "$_id.conversation", "last": {"$max": "$_id.seq"}, "count": {"$sum": 1}}},
        {"$match": {"$expr": {"$ne": ["$last", "$count"]}}}]))), "", goal=0, higher=False)


def wrong(db, run, count):
    """How many of a run's messages are missing, or there twice; each writer may have had one more under way."""
    bound = lambda digit: Binary(bytes.fromhex(run + digit * 24), 4)
    ids = [bytes(each["clientMessageId"]) for each in db.messages.find(
        {"clientMessageId": {"$gte": bound("0"), "$lte": bound("f")}}, {"clientMessageId": 1})]
    return max(0, count - len(ids), len(ids) - count - WRITERS) + len(ids) - len(set(ids))


def one(report, url, senders, seconds):
    _, rate, _, p99, failed = send(url, [(token, "everybody") for token in senders], seconds, "000000ee")
    assert not failed, f"{failed} sends were refused"
    report.add(f"send-message, {WRITERS} writers, one conversation", rate, "sends/s", goal=400)
    report.add("send-message, one conversation, p99", p99, "ms")


def fill(db):
    """Other messages beside them, whose texts nobody can read."""
    missing = STORED - db.messages.estimated_document_count()
    for start in range(0, max(0, missing), 5000):
        conversation, sender = unique_id(), unique_id()
        db.messages.insert_many([
            {"_id": {"conversation": conversation, "seq": Int64(n + 1)}, "messageId": unique_id(), "sender": sender,
             "community": conversation, "clientMessageId": unique_id(), "repeat": os.urandom(32),
             "sentAt": time_of(n), "body": Binary(os.urandom(320), 6)} for n in range(min(5000, missing - start))])


def time_of(number):
    return datetime.now(timezone.utc) - timedelta(milliseconds=number)


def timed(client, token, path, seconds):
    fields, times = {"Authorization": "Bearer " + token}, []
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(times) < 50:
        start = time.monotonic()
        status, _, answer = client.send("GET", path, None, fields)
        times.append(time.monotonic() - start)
        assert status == 200, answer
    return times, answer


def pages(report, client, senders, seconds):
    fields = {"Authorization": "Bearer " + senders[0]}
    _, _, answer = client.send("GET", "read-messages/communities", None, fields)
    busy = next(each for each in answer["communities"] if each["gameId"] == "everybody")["conversationId"]
    times, page = timed(client, senders[0], f"read-messages/{busy}?limit=50", seconds)
    assert len(page["messages"]) == 50, len(page["messages"])
    report.add(f"history page of 50 at {STORED:,} messages, p50", percentile(times, 0.5) * 1000, "ms")
    report.add(f"history page of 50 at {STORED:,} messages, p95", percentile(times, 0.95) * 1000, "ms", goal=20,
               higher=False)


def lists(report, client, db, tokens, login, seconds):
    """Somebody who is in all of the conversations and has read none of them."""
    games = [f"game-{n}" for n in range(CONVERSATIONS)]
    reader = people.crowd(db, tokens, login, 1, lambda _: games, "reader")[0]
    times, answer = timed(client, reader, "read-messages?limit=100", seconds)
    assert len(answer["conversations"]) == 100, len(answer["conversations"])
    report.add(f"page of 100 of {CONVERSATIONS} conversations, p50", percentile(times, 0.5) * 1000, "ms")
    report.add(f"page of 100 of {CONVERSATIONS} conversations, p95", percentile(times, 0.95) * 1000, "ms", goal=30,
               higher=False)
    others, rest = timed(client, reader, "read-messages?limit=100&after=" + answer["next"], seconds)
    assert len(rest["conversations"]) == 100 and rest["next"] is None, rest["next"]
    both = [first + second for first, second in zip(times, others)]
    report.add(f"list of {CONVERSATIONS} conversations, two pages, p50", percentile(both, 0.5) * 1000, "ms")
    report.add(f"list of {CONVERSATIONS} conversations, two pages, p95", percentile(both, 0.95) * 1000, "ms", goal=30,
               higher=False)
