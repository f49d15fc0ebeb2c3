"""Processes are killed while people write, poll and listen; afterwards everything that was taken is looked for."""
import contextlib, os, random, signal, time

from . import people
from .client import Client
from .site import Site
from .store import open_store
from .replica_set import ReplicaSet
from .talk import Talk

PROGRAMS = ["send-message", "read-messages", "follow-events", "mongod", "gateway"]
PARTS = ["calm"] + PROGRAMS + ["members", "rollback"]
CALM = 60  # seconds
CONVERSATIONS = 4
WRITERS = 8
LEAST_BETWEEN = 0.4  # seconds of work between a kill and the next one, once messages are taken again


def measure(report, parts, kills):
    if "calm" in parts:
        with Site() as site:
            talk = begin(site, 1)
            before = talk.figures()
            time.sleep(CALM)
            report.add(f"calm: messages taken in {CALM} seconds", talk.figures()["taken"] - before["taken"], "")
            finish(report, site, talk)
    programs = [part for part in PROGRAMS if part in parts]
    if programs:
        with Site() as site:
            talk = begin(site)
            for program in programs:
                part(report, program, kills, talk, lambda: kill(site, program), site.tend)
            finish(report, site, talk)
    if "members" in parts:
        with ReplicaSet() as members, Site(MONGODB_URI=members.uri) as site:
            talk = begin(site)
            part(report, "primary of three members", kills, talk, members.replace_primary, site.tend)
            finish(report, site, talk)
    if "rollback" in parts:
        with ReplicaSet() as members, Site(MONGODB_URI=members.uri) as site:
            talk = begin(site)
            part(report, "rollback", kills, talk, members.roll_back, site.tend)
            report.add("rollback: took back what was written", members.rollbacks, "times", goal=kills)
            report.add("rollback: messages that were taken back", members.taken_back(), "", goal=1)
            finish(report, site, talk)


def begin(site, conversations=CONVERSATIONS):
    """People who write, poll and listen in a few communities."""
    db, tokens = open_store(site.data), people.Tokens(site.data, site.url)
    login = people.first(Client(site.url))
    games = [f"game-{number % conversations}" for number in range(WRITERS)]
    made = people.crowd(db, tokens, login, WRITERS, lambda n: [games[n]])
    talk = Talk(site.url, list(zip(made, games)))
    talk.start()
    return talk


def part(report, name, kills, talk, kill_one, tend):
    before, longest = talk.figures(), 0.0
    for _ in range(kills):
        time.sleep(LEAST_BETWEEN + random.random())
        talk.await_progress(tend)
        at = time.monotonic()
        kill_one()
        longest = max(longest, talk.await_progress(tend) - at)
    after = talk.figures()
    report.add(f"{name}: killed", kills, "times")
    report.add(f"{name}: messages taken meanwhile", after["taken"] - before["taken"], "")
    report.add(f"{name}: answers that never came, or 5xx", after["unanswered"] - before["unanswered"], "")
    report.add(f"{name}: longest until the next message was taken", longest, "s")


def kill(site, program):
    if program == "gateway":
        site.kill_gateway()
        site.start()
        return
    for pid in site.processes(program):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def finish(report, site, talk):
    talk.stop()
    db = open_store(site.data)
    stored = list(db.messages.find({}, {"clientMessageId": 1, "messageId": 1}))
    places = {bytes(each["messageId"]): (bytes(each["_id"]["conversation"]), each["_id"]["seq"]) for each in stored}
    ids = [bytes(each["clientMessageId"]) for each in stored]
    taken = talk.taken()
    last = {}
    for conversation, seq in places.values():
        last[conversation] = max(last.get(conversation, 0), seq)
    found = talk.await_listeners(last)
    report.add("times that what supervises gave up and was started again", site.revivals, "")
    report.add("messages taken in all", len(taken), "")
    for name, value in (
            ("messages that were taken and are not where they were", sum(places.get(id) != place for id, place in taken)),
            ("messages that are there twice", len(ids) - len(set(ids)) + len(taken) - len({id for id, _ in taken})),
            ("numbers that are missing", sum(last.values()) - len(places)),
            ("messages that a poller missed, or saw twice or out of order", found["polled"]),
            ("events that a stream lost", found["lost"]),
            ("events that a stream gave twice or out of order", found["doubled"]),
            ("streams that had to begin anew", found["reset"])):
        report.add(name, value, "", goal=0, higher=False)
    report.add("times that streams were resumed", found["resumed"], "")
