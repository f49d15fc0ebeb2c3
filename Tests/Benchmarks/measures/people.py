"""People who are logged in and play games, made at once: copies of one who registered, with sessions and tokens that
the functions cannot tell from their own."""
import base64, hashlib, json, time, uuid
from datetime import datetime, timedelta, timezone

import pyotp
from bson.int64 import Int64
from cryptography.hazmat.primitives import serialization

from .store import secret, unique_id


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Tokens:
    """Signs access tokens with the installation's own key."""

    def __init__(self, data, url):
        self.key = serialization.load_pem_private_key(secret(data, "token-key"), None)
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        named = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": b64(raw)}, separators=(",", ":")).encode()
        header = {"typ": "at+jwt", "alg": "EdDSA", "kid": b64(hashlib.sha256(named).digest())}
        self.header, self.url = b64(json.dumps(header).encode()), url

    def token(self, account, session):
        now = int(time.time()) - 10
        text = lambda value: str(uuid.UUID(bytes=bytes(value)))
        claims = {"iss": self.url, "sub": text(account), "aud": "passerelle", "client_id": "passerelle",
                  "exp": now + 86400, "nbf": now, "iat": now, "jti": text(unique_id()), "sid": text(session),
                  "auth_time": now, "amr": ["pwd", "otp", "mfa"], "acr": "urn:passerelle:acr:two-factors", "roles": []}
        signed = self.header + "." + b64(json.dumps(claims).encode())
        return signed + "." + b64(self.key.sign(signed.encode()))


def first(client):
    """Registers somebody and logs in; gives the login."""
    status, _, made = client.post("create-account", {"login": "bench-model"})
    assert status == 201, made
    code = pyotp.TOTP(made["totp"]["secret"]).at(int(time.time()))
    status, _, login = client.post("verify-login", {"login": "bench-model", "password": made["password"], "totp": code})
    assert status == 200, login
    return "bench-model"


def crowd(db, tokens, login, count, games, prefix="talker"):
    """`count` people; `games(n)` are the n-th one's. Gives each one's token."""
    model = db.accounts.find_one({"loginFolded": login})
    session = db.sessions.find_one({"accountId": model["_id"]})
    adult = datetime.now(timezone.utc) - timedelta(days=3650)
    accounts, sessions, players, made = [], [], [], []
    for number in range(count):
        account, sid, name = unique_id(), unique_id(), f"{prefix}-{number:06d}"
        accounts.append({**model, "_id": account, "login": name, "loginFolded": name, "roles": []})
        sessions.append({**session, "_id": sid, "accountId": account, "roles": [],
                         "lastSeenAt": datetime.now(timezone.utc) + timedelta(hours=1)})
        library = [{"gameId": game, "level": "expert", "weight": Int64(1), "hoursPlayed": Int64(0), "statistics": []}
                   for game in games(number)]
        players.append({"_id": account, "version": Int64(1), "library": library, "edits": [],
                        "profile": {"displayName": name, "adultFrom": adult, "visibility": "public"}})
        made.append(tokens.token(account, sid))
    db.accounts.insert_many(accounts)
    db.sessions.insert_many(sessions)
    db.players.insert_many(players)
    return made
