"""The installation under test: its functions over HTTP, its people, and its database."""

import json
import pathlib
import time
import urllib.error
import urllib.request
import uuid

import pymongo
import pyotp


PATIENCE = 120
MARGIN = 20  # seconds that a code stays good at least, since a busy machine takes its time to type it


class Phone:
    """Codes of an authenticator app, each step used at most once; the secret is its owner's."""

    def __init__(self, secret):
        self.totp = pyotp.TOTP(secret)
        self.last = 0

    def code(self):
        """The next code that must be taken: of the step before, this one or the next. Waits where all are used."""
        step = max(self.last + 1, int(time.time() + MARGIN) // 30 - 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.2)
        self.last = step
        return self.totp.at(step * 30)


class Installation:
    def __init__(self, url, data):
        self.url = url
        self.data = pathlib.Path(data)

    def call(self, method, path, body=None, token=None):
        """Calls a function; gives the answer's JSON."""
        request = urllib.request.Request(f"{self.url}/function/{path}", method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        end = time.monotonic() + PATIENCE
        while True:
            try:
                content = json.dumps(body).encode() if body is not None else None
                with urllib.request.urlopen(request, content, PATIENCE) as answer:
                    text = answer.read()
                    return json.loads(text) if text else None
            except urllib.error.HTTPError as error:
                # Too busy: nothing was done, and it may be asked again.
                if error.code != 503 or time.monotonic() > end:
                    raise
                time.sleep(float(error.headers.get("Retry-After", 1)))

    def refused(self, method, path, body=None, token=None):
        """Calls what must be refused; gives the status and the problem."""
        try:
            answer = self.call(method, path, body, token)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())
        raise AssertionError(f"{method} {path} was not refused: {answer}")

    def database(self):
        """The database, with the functions' own connection string."""
        uri = (self.data / "secrets/mongodb-uri").read_text().strip().replace("%2e", ".").replace("%2E", ".")
        return pymongo.MongoClient(uri, serverSelectionTimeoutMS=60_000, uuidRepresentation="standard").passerelle

    def person(self, **more):
        """Somebody new, logged in."""
        return Person(self, self.call("POST", "create-account", {"login": new_login(), **more}))

    def claimant(self, token):
        """Whoever claims a hand-out, logged in."""
        return Person(self, self.call("POST", "claim-credentials", {"token": token}))


class Person:
    """Somebody with an account and a login; `session` is what `verify-login` answered."""

    def __init__(self, installation, credentials):
        self.installation = installation
        self.login = credentials["login"]
        self.password = credentials["password"]
        self.phone = Phone(credentials["totp"]["secret"])
        self.recovery_codes = list(credentials["recoveryCodes"])
        self.session = installation.call(
            "POST", "verify-login", {"login": self.login, "password": self.password, "totp": self.phone.code()})

    def call(self, method, path, body=None):
        return self.installation.call(method, path, body, self.session["accessToken"])


def new_login():
    return f"user-{uuid.uuid4()}"
