"""Somebody who calls endpoints, and a picture to send."""
import zlib

import pyotp


class Person:
    """Somebody with an account, who logs in once."""

    def __init__(self, client, login, log_in=True):
        self.client, self.login, self.session = client, login, None
        status, _, self.credentials = client.post("create-account", {"login": login})
        assert status == 201, self.credentials
        if log_in:
            self.log_in()
            self.take_session()

    def log_in(self):
        code = pyotp.TOTP(self.credentials["totp"]["secret"]).now()
        answer = self.client.post("verify-login", {
            "login": self.login, "password": self.credentials["password"], "totp": code})
        self.session = answer[2]
        return answer

    def take_session(self):
        self.fields = {"Authorization": "Bearer " + self.session["accessToken"]}

    def send(self, method, path, body=None, fields={}):
        return self.client.send(method, path, body, {**self.fields, **fields})

    def prove(self, method, path, body):
        """A call that asks for both factors again; a recovery code stands for the second one."""
        proof = {"password": self.credentials["password"], "recoveryCode": self.credentials["recoveryCodes"].pop()}
        return self.send(method, path, {**body, **proof})


def picture(side):
    """A PNG with a pattern."""
    def chunk(kind, content):
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    lines = b"".join(b"\0" + bytes(byte for column in range(side) for byte in (row % 256, column % 256, 90))
                     for row in range(side))
    header = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
