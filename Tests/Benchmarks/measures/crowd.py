"""Players by the hundred thousand, written straight into the database as the functions would store them."""
import base64, bisect, hashlib, hmac, itertools, os, random, time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta, timezone

import bson
from bson.binary import Binary
from bson.int64 import Int64
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .store import open_store, secret, unique_id

GAMES = 500
ZONES = ["Europe/Paris", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kathmandu"]
REGIONS = ["africa", "asia", "europe", "north-america", "oceania", "south-america"]
LEVELS = ["beginner", "intermediate", "advanced", "expert"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHARES = list(itertools.accumulate(1 / rank for rank in range(1, GAMES + 1)))
PART = 2000


def sealed(key, plain, associated):
    """AEAD_AES_256_CBC_HMAC_SHA_512 as MongoDB's client-side encryption uses it, with a random vector."""
    vector = os.urandom(16)
    fill = 16 - len(plain) % 16
    cipher = Cipher(algorithms.AES(key[32:64]), modes.CBC(vector)).encryptor()
    text = vector + cipher.update(plain + bytes([fill]) * fill) + cipher.finalize()
    tag = hmac.new(key[:32], associated + text + (len(associated) * 8).to_bytes(8, "big"), hashlib.sha512).digest()
    return text + tag[:32]


def encrypted(key_id, key, owner, field, value):
    """A field of a profile, bound to its place."""
    plain = bson.encode({"v": bson_value(owner, field, value)})
    # What is encrypted is the value alone, whose first bytes are the document's length, type and name.
    content = plain[7:-1]
    head = bytes([2]) + bytes(key_id) + bytes([3])
    return Binary(head + sealed(key, content, head), 6)


def bson_value(owner, field, value):
    return {"o": owner, "d": owner, "f": "profile." + field, "v": value}


def game(generator):
    return bisect.bisect_left(SHARES, generator.random() * SHARES[-1])


def library(generator):
    wanted = 4 + generator.randrange(4) + (generator.random() < 0.1)
    games = set()
    while len(games) < wanted:
        games.add(min(game(generator), GAMES - 1))
    return [{"gameId": f"game-{each}", "level": generator.choice(LEVELS), "weight": Int64(generator.choice((1, 1, 2, 4))),
             "hoursPlayed": Int64(generator.randrange(2000)), "statistics": [],
             **({"rank": Int64(generator.randrange(101))} if generator.random() < 0.5 else {})}
            for each in sorted(games, key=lambda number: f"game-{number}")]


def window(generator):
    start = generator.randrange(16, 21)
    return {"day": generator.choice(DAYS), "from": f"{start}:00", "to": f"{start + 1 + generator.randrange(2)}:30"}


def profile(generator, owner, key_id, key, now):
    age = 15 if generator.random() < 0.1 else generator.randrange(19, 50)
    born = now.replace(year=now.year - age, day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=40)
    return {
        "displayName": "Bench", "languages": generator.sample(["en", "fr", "de", "es", "it", "pl"], 2),
        "timeZone": generator.choice(ZONES), "availability": [window(generator) for _ in range(3)],
        "visibility": "public", "adultFrom": born.replace(year=born.year + 18),
        "region": generator.choice(REGIONS), "playStyle": generator.choice(["casual", "competitive", "any"]),
        "voiceChat": generator.choice(["required", "optional", "never"]),
        "birthDate": encrypted(key_id, key, owner, "birthDate", born.strftime("%Y-%m-%d")),
        "bio": encrypted(key_id, key, owner, "bio", "Plays in the evening."),
        "links": encrypted(key_id, key, owner, "links", {}),
    }


def write_part(data, start, count):
    """Accounts, data keys and players of one part."""
    db = open_store(data)
    master = base64.b64decode(secret(data, "master-key"))
    generator = random.Random(start)
    now = datetime.now(timezone.utc)
    accounts, keys, players = [], [], []
    for number in range(start, start + count):
        owner, key_id, key = unique_id(), Binary(os.urandom(16), 4), os.urandom(96)
        name = f"crowd-{number:07d}"
        accounts.append({
            "_id": owner, "login": name, "loginFolded": name, "status": "active", "roles": [], "keyId": key_id,
            "createdAt": now, "lastSeenAt": now - timedelta(seconds=generator.randrange(29 * 86400)),
            "credentials": {"version": Int64(0), "issuedAt": now, "expiresAt": now + timedelta(days=3650),
                            "mustRenew": False, "confirmed": True}})
        keys.append({
            "_id": key_id, "keyAltNames": ["account:" + str(owner.as_uuid())],
            "keyMaterial": Binary(sealed(master, key, b"")), "creationDate": now, "updateDate": now,
            "status": 0, "masterKey": {"provider": "local"}})
        players.append({"_id": owner, "version": Int64(1), "library": library(generator), "edits": [],
                        "profile": profile(generator, owner, key_id, key, now)})
    db.client["encryption"]["__keyVault"].insert_many(keys, ordered=False)
    db.accounts.insert_many(accounts, ordered=False)
    db.players.insert_many(players, ordered=False)


def write_crowd(data, count):
    """Writes so many players and the games that they play; gives how long it took."""
    db = open_store(data)
    start = time.monotonic()
    db.games.insert_many([{"_id": f"game-{each}", "name": f"Game {each}", "folded": f"game {each}", "categories": [],
                           "ranks": []} for each in range(GAMES)])
    with ProcessPoolExecutor(2) as pool:
        parts = [pool.submit(write_part, data, first, min(PART, count - first)) for first in range(0, count, PART)]
        for part in parts:
            part.result()
    return time.monotonic() - start
