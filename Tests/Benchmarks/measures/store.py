"""The installation's database as the benchmarks fill it: with documents that the functions cannot tell from their own."""
import hashlib, hmac, os, time
from datetime import datetime, timedelta, timezone

import bson
import pymongo
from bson.binary import Binary
from bson.int64 import Int64


def open_store(data):
    with open(os.path.join(data, "secrets", "mongodb-uri")) as file:
        return pymongo.MongoClient(file.read().strip())["passerelle"]


def secret(data, name):
    with open(os.path.join(data, "secrets", name), "rb") as file:
        return file.read()


def unique_id(at=None):
    """A UUID of version 7 as the functions store it."""
    milliseconds = int((at or time.time()) * 1000)
    random = os.urandom(10)
    tail = bytes([0x70 | random[0] & 0x0F, random[1], 0x80 | random[2] & 0x3F]) + random[3:]
    return Binary(milliseconds.to_bytes(6, "big") + tail, 4)


def copy_accounts(db, login, count):
    """Copies the account of `login` under other ids and logins; nobody can log into the copies."""
    model = db.accounts.find_one({"loginFolded": login})
    for start in range(0, count, 5000):
        copies = []
        for number in range(start, min(start + 5000, count)):
            name = f"copy-{number:07d}"
            copies.append({**model, "_id": unique_id(), "login": name, "loginFolded": name, "roles": []})
        db.accounts.insert_many(copies)


def write_events(db, key, count):
    """Writes audit events, signed as the functions sign them, by one writer."""
    key_id = hmac.new(key, b"audit-key", hashlib.sha256).digest()[:8].hex()
    writer, account = unique_id(), unique_id()
    begin = datetime.now(timezone.utc) - timedelta(days=30)
    for start in range(0, count, 5000):
        events = []
        for number in range(start, min(start + 5000, count)):
            event = {"_id": unique_id(begin.timestamp() + number / 1000), "at": begin + timedelta(milliseconds=number),
                     "type": "login.succeeded", "actor": {"account": account}, "subject": {"account": account},
                     "outcome": "success", "correlationId": "bench", "writer": {"id": writer, "n": Int64(number + 1)},
                     "keyId": key_id}
            event["mac"] = hmac.new(key, bson.encode(event), hashlib.sha256).digest()
            event["unsealed"] = True
            events.append(event)
        db.audit.insert_many(events)
