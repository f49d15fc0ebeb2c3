"""Scores pairs of profiles, one JSON object a line, independently of the Swift code; prints four parts and the overlap."""
import json
import sys

NEIGHBOURS = {frozenset(("europe", "north-america")), frozenset(("asia", "oceania"))}
LEVELS = {"beginner": 12, "intermediate": 37, "advanced": 62, "expert": 87}


def rank(game):
    return LEVELS[game["level"]] if game["rank"] is None else game["rank"]


def games(a, b, common):
    if not common:
        return 0
    wa, wb = (sum(side[g]["weight"] for g in common) for side in (a, b))
    sa, sb = (sum(g["weight"] for g in side.values()) for side in (a, b))
    return 3500 * 2 * wa * wb // (wa * sb + wb * sa)


def skill(a, b, common):
    if not common:
        return 0
    weights = {g: a[g]["weight"] + b[g]["weight"] for g in common}
    near = sum(w * max(0, 75 - abs(rank(a[g]) - rank(b[g]))) for g, w in weights.items())
    return 2500 * near // (75 * sum(weights.values()))


def availability(a, b):
    sizes = min(28, len(a)) + min(28, len(b))
    return 5000 * min(28, len(a & b)) // sizes if sizes else 0


def preferences(a, b):
    points = 600 if set(a["languages"]) & set(b["languages"]) else 0
    both = lambda name: a[name] is not None and b[name] is not None
    pair = lambda name: {a[name], b[name]}
    if both("region"):
        points += 400 if a["region"] == b["region"] else 200 if frozenset(pair("region")) in NEIGHBOURS else 0
    if both("playStyle"):
        styles = pair("playStyle")
        points += 300 if len(styles) == 1 else 225 if "any" in styles else 75
    if both("voiceChat"):
        voices = pair("voiceChat")
        points += 200 if len(voices) == 1 else 0 if voices == {"required", "never"} else 150
    return points


def parts(a, b):
    common = a["games"].keys() & b["games"].keys()
    free = [set(side["hours"]) for side in (a, b)]
    return (games(a["games"], b["games"], common), skill(a["games"], b["games"], common), availability(*free),
            preferences(a, b), len(free[0] & free[1]))


if __name__ == "__main__":
    for line in sys.stdin:
        print(*parts(*json.loads(line)))
