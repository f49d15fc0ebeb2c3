"""An admin of an installation: handed out by set-up, claimed and logged in."""
import json, os, subprocess, time

import pyotp

from . import processes


class Admin:
    def __init__(self, client, data):
        self.client = client
        environment = dict(os.environ, DATA_DIR=data)
        answer = subprocess.run([f"{processes.BIN}/set-up", "admin", "bench-admin"], env=environment,
                                capture_output=True, text=True, check=True)
        token = json.loads(answer.stdout)["token"]
        status, _, self.account = client.post("claim-credentials", {"token": token})
        assert status == 200, self.account
        code = pyotp.TOTP(self.account["totp"]["secret"]).at(int(time.time()))
        status, _, login = client.post("verify-login", {"login": "bench-admin", "password": self.account["password"],
                                                        "totp": code})
        assert status == 200, login
        self.token = login["accessToken"]

    def send(self, method, path, body=None):
        return self.client.send(method, path, body, {"Authorization": "Bearer " + self.token})
