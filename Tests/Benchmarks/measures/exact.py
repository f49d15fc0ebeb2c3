"""Whether answers of `match` are those that judging every stored player gives, by the tests' own scorer."""
import functools, importlib.util, os
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from bson.binary import Binary

from .crowd import DAYS
from .store import open_store

HALF_HOURS = 336
READ = {"library.gameId": 1, "library.level": 1, "library.rank": 1, "library.weight": 1, "profile.adultFrom": 1,
        "profile.visibility": 1, "profile.languages": 1, "profile.region": 1, "profile.playStyle": 1,
        "profile.voiceChat": 1, "profile.timeZone": 1, "profile.availability": 1}
# So many of the best are kept, since some of them may not be shown.
KEPT = 400


def scorer():
    path = os.path.join("Tests", "PlayersDomainTests", "Scripts", "score.py")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wrong_answers(data, askers, limit=20):
    """How many of the askers are answered otherwise than by judging everybody. Nothing may change meanwhile."""
    answers = {asker.login: answer(asker, limit) for asker in askers}
    db, score = open_store(data), scorer()
    now = datetime.now(timezone.utc)
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = functools.cache(lambda *window: half_hours(monday, *window))
    ids = {asker.login: db.accounts.find_one({"loginFolded": asker.login})["_id"] for asker in askers}
    own = {login: seen(db.players.find_one({"_id": account}), hours) for login, account in ids.items()}
    best = {login: [] for login in own}
    today = now.replace(tzinfo=None)
    for document in db.players.find({}, READ):
        if document.get("profile", {}).get("visibility") != "public" or not document["library"]:
            continue
        other, is_adult = None, document["profile"]["adultFrom"] <= today
        games = {entry["gameId"] for entry in document["library"]}
        for login, asker in own.items():
            if asker["games"].keys().isdisjoint(games) or (asker["adultFrom"] <= today) != is_adult:
                continue
            if document["_id"] == ids[login]:
                continue
            other = other or seen(document, hours)
            *points, overlap = score.parts(asker, other)
            best[login].append((-sum(points), -overlap, bytes(document["_id"])))
            if len(best[login]) > 50 * KEPT:
                best[login] = sorted(best[login])[:KEPT]
    return sum(answers[login] != shown(db, sorted(found)[:KEPT], limit, now) for login, found in best.items())


def answer(asker, limit):
    matches = asker.send("GET", f"match?limit={limit}")["matches"]
    return [(match["player"]["login"], match["score"], match["overlapMinutes"]) for match in matches]


def shown(db, best, limit, now):
    """Those of the best who are active and were seen of late."""
    since = (now - timedelta(days=30)).replace(tzinfo=None)
    accounts = [Binary(account, 4) for _, _, account in best]
    active = db.accounts.find({"_id": {"$in": accounts}, "status": "active", "lastSeenAt": {"$gte": since}},
                              {"login": 1})
    logins = {bytes(account["_id"]): account["login"] for account in active}
    return [(logins[account], -total // 100, -overlap * 30) for total, overlap, account in best
            if account in logins][:limit]


def seen(document, hours):
    """A stored player as the scorer takes him."""
    profile = document["profile"]
    windows = ((profile["timeZone"], window["day"], window["from"], window["to"]) for window in profile["availability"])
    return {
        "games": {entry["gameId"]: {"level": entry["level"], "rank": entry.get("rank"), "weight": entry["weight"]}
                  for entry in document["library"]},
        "hours": frozenset().union(*(hours(*window) for window in windows)), "adultFrom": profile["adultFrom"],
        "languages": profile["languages"], "region": profile.get("region"), "playStyle": profile.get("playStyle"),
        "voiceChat": profile.get("voiceChat")}


def half_hours(monday, zone, day, start, end):
    """The half hours of the week that a window covers, which no change of clocks may fall into."""
    date = (monday + timedelta(days=DAYS.index(day))).date()

    def instant(text):
        hour, minute = map(int, text.split(":"))
        midnight = datetime(date.year, date.month, date.day, tzinfo=ZoneInfo(zone))
        local = midnight + timedelta(hours=hour, minutes=minute)
        return (local.astimezone(timezone.utc) - monday).total_seconds() / 1800

    first, last = instant(start), instant(end)
    if last <= first:
        last += 48
    return frozenset(half % HALF_HOURS for half in range(-int(-first // 1), int(last // 1)))
