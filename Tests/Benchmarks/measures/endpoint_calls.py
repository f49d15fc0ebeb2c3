"""One call of each endpoint that the contract names, for the n-th time, with what must be there before."""
import base64, time, uuid
from datetime import datetime, timezone

from bson.binary import Binary
from bson.int64 import Int64

from .admin import Admin
from .crowd import write_crowd
from .person import Person, picture
from .store import open_store, secret, unique_id

# What is no single call with an end that can be timed so, and why.
LEFT_OUT = {
    "GET /function/edit-profile/avatar": "shows a player whose login is `avatar`, as any other",
    "GET /function/read-messages/stream": "stays open; the suite `streams` measures what comes of it",
    "POST /system/backups": "starts a backup of everything",
    "POST /system/calls/{callId}/retry": "needs a call that is dead",
}
PROFILE = {"displayName": "Alice", "birthDate": "1990-01-01", "timeZone": "Europe/Paris", "languages": ["fr"],
           "availability": [{"day": "monday", "from": "18:00", "to": "22:30"}]}
ENTRY = {"level": "expert", "weight": 2}
GAME = {"name": "Bench", "categories": [], "ranks": []}
PICTURE = picture(512)
MERGE = {"Content-Type": "application/merge-patch+json"}


class Calls:
    def __init__(self, client, data, count, few):
        self.client, self.count, self.few = client, count, few
        self.db = open_store(data)
        write_crowd(data, 16 * count)
        self.person, self.other = Person(client, "endpoints"), Person(client, "endpoints-other")
        for one in (self.person, self.other):
            one.send("PUT", "edit-profile", PROFILE)
            for game in range(6):
                one.send("PUT", f"browse-games/library/game-{game}", ENTRY)
        self.ids = {one: self.account(one.login) for one in (self.person, self.other)}
        self.crowd = self.seen_crowd()
        self.asked, self.answered, self.sent, self.reported = [], [], [], []
        self.relate(self.ids[self.other], "accepted")
        self.admin = Admin(client, data)
        words = ":".join(secret(data, name).decode() for name in ("basic-auth-user", "basic-auth-password"))
        self.basic = {"Authorization": "Basic " + base64.b64encode(words.encode()).decode()}

    def account(self, login):
        return self.db.accounts.find_one({"loginFolded": login})["_id"]

    def seen_crowd(self):
        """Ids and logins of those whom the person may see."""
        now = datetime.now(timezone.utc)
        found = self.db.players.find({"library.gameId": "game-0", "profile.adultFrom": {"$lte": now},
                                      "_id": {"$nin": list(self.ids.values())}}, {"_id": 1}).limit(5 * self.count)
        ids = [player["_id"] for player in found]
        logins = {each["_id"]: each["login"] for each in self.db.accounts.find({"_id": {"$in": ids}}, {"login": 1})}
        assert len(ids) == 5 * self.count, "too few players share a game"
        return [(each, logins[each]) for each in ids]

    def relate(self, other, status):
        """A request of another player's to the person; gives its id."""
        own, request, now = self.ids[self.person], unique_id(), datetime.now(timezone.utc)
        pair = sorted([own, other], key=bytes)
        settled = {} if status == "pending" else {"settledAt": now}
        self.db.relations.insert_one({
            "_id": Binary(b"".join(map(bytes, pair)), 0), "version": Int64(1), "players": pair, "blockedBy": [],
            "request": {"id": request, "from": other, "to": own, "createdAt": now, "status": status, **settled}})
        return str(request.as_uuid())

    def asking(self, part):
        """Requests of so many others, which wait for an answer."""
        return [self.relate(account, "pending") for account, _ in self.part(part)]

    def part(self, number):
        return self.crowd[number * self.count:(number + 1) * self.count]

    def steady(self):
        yield from self.gateway()
        yield from self.accounts()
        yield from self.players()
        yield from self.matching()
        yield from self.messages()
        yield from self.administration()
        yield from self.system()

    def by(self, who, method, path, body=None):
        """A call that is the same each time, to an address without a name in it."""
        return f"{method} /function/{path}", lambda _: who.send(method, path, body)

    def gateway(self):
        for path in ("/", "/assets/style/base.css", "/healthz", "/metrics", "/openapi.json"):
            yield f"GET {path}", lambda _, path=path: self.client.send("GET", path)
        for method in ("GET", "HEAD", "DELETE", "POST", "PUT", "PATCH"):
            body = {"hello": "world"} if method in ("POST", "PUT", "PATCH") else None
            yield self.by(self.person, method, "echo", body)

    def accounts(self):
        for path in ("verify-login/jwks", "manage-account", "manage-account/export"):
            yield self.by(self.person, "GET", path)
        yield self.by(self.person, "DELETE", "manage-account/sessions")
        sessions = self.sessions()
        yield ("DELETE /function/manage-account/sessions/{sid}",
               lambda number: self.person.send("DELETE", "manage-account/sessions/" + sessions[number]))

    def sessions(self):
        """The ids of other sessions of the person's, as if he had logged in so many times."""
        own = self.db.sessions.find_one({"accountId": self.ids[self.person]})
        others = [{**own, "_id": unique_id()} for _ in range(self.count)]
        self.db.sessions.insert_many(others)
        return [str(each["_id"].as_uuid()) for each in others]

    def players(self):
        person, login = self.person, self.crowd[0][1]
        yield self.by(person, "GET", "edit-profile")
        yield self.by(person, "PUT", "edit-profile", PROFILE)
        yield ("PATCH /function/edit-profile",
               lambda _: person.send("PATCH", "edit-profile", {"bio": "Plays in the evening."}, MERGE))
        yield ("PUT /function/edit-profile/avatar",
               lambda _: person.send("PUT", "edit-profile/avatar", PICTURE, {"Content-Type": "image/png"}))
        yield self.by(person, "DELETE", "edit-profile/avatar")
        yield ("GET /function/edit-profile/{login}", lambda _: person.send("GET", "edit-profile/" + login))
        yield ("GET /function/edit-profile/{login}/avatar",
               lambda _: person.send("GET", f"edit-profile/{login}/avatar"))
        yield self.by(person, "GET", "browse-games")
        yield "GET /function/browse-games/{gameId}", lambda _: person.send("GET", "browse-games/chess")
        yield self.by(person, "GET", "browse-games/library")
        yield ("PUT /function/browse-games/library/{gameId}",
               lambda number: person.send("PUT", f"browse-games/library/game-{number % 7}", ENTRY))
        yield ("DELETE /function/browse-games/library/{gameId}",
               lambda number: person.send("DELETE", f"browse-games/library/game-{10 + number % 7}"))

    def matching(self):
        person = self.person
        yield self.by(person, "GET", "match")
        yield "POST /function/match/requests", self.ask
        yield self.by(person, "GET", "match/requests")
        yield ("DELETE /function/match/requests/{id}",
               lambda number: person.send("DELETE", "match/requests/" + self.asked[number]))
        for part, answer in ((1, "accept"), (2, "decline")):
            waiting = self.asking(part)
            yield (f"POST /function/match/requests/{{id}}/{answer}",
                   lambda number, waiting=waiting, answer=answer: person.send(
                       "POST", f"match/requests/{waiting[number]}/{answer}"))
        yield self.by(person, "GET", "match/teammates")
        yield ("DELETE /function/match/teammates/{login}",
               lambda number: person.send("DELETE", "match/teammates/" + self.part(1)[number][1]))
        yield ("PUT /function/match/blocks/{login}",
               lambda number: person.send("PUT", "match/blocks/" + self.part(3)[number][1]))
        yield self.by(person, "GET", "match/blocks")
        yield ("DELETE /function/match/blocks/{login}",
               lambda number: person.send("DELETE", "match/blocks/" + self.part(3)[number][1]))

    def ask(self, number):
        answer = self.person.send("POST", "match/requests", {"to": self.crowd[number][1], "note": "Tonight?"})
        self.asked.append(answer[2]["requestId"])
        return answer

    def messages(self):
        person = self.person
        yield "POST /function/send-message", self.write
        conversation = "read-messages/" + self.sent[0]["conversationId"]
        yield self.by(person, "GET", "read-messages")
        yield "GET /function/read-messages/{conversationId}", lambda _: person.send("GET", conversation)
        yield ("POST /function/read-messages/{conversationId}/read",
               lambda number: self.other.send("POST", conversation + "/read", {"seq": number + 1}))
        yield ("DELETE /function/read-messages/{conversationId}/{seq}",
               lambda number: person.send("DELETE", f"{conversation}/{number + 1}"))
        yield self.by(person, "GET", "read-messages/communities")
        yield ("GET /function/read-messages/communities/{gameId}/members",
               lambda _: person.send("GET", "read-messages/communities/game-0/members"))
        yield self.by(self.other, "GET", "read-messages/notifications")
        newest = self.newest_notification()
        yield self.by(self.other, "POST", "read-messages/notifications/read", {"upTo": newest})

    def write(self, number):
        answer = self.person.send("POST", "send-message", {
            "to": self.other.login, "body": f"Message {number}", "clientMessageId": str(uuid.uuid4())})
        self.sent.append(answer[2])
        return answer

    def newest_notification(self):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            told = self.other.send("GET", "read-messages/notifications")[2]["notifications"]
            if told:
                return told[0]["notificationId"]
            time.sleep(0.1)
        raise SystemExit("nobody was told of messages")

    def administration(self):
        admin, logins = self.admin, [login for _, login in self.part(4)]
        yield self.by(admin, "GET", "read-audit/verify")
        yield self.by(admin, "GET", "read-audit")
        yield self.by(admin, "GET", "manage-account/accounts")
        for method in ("PUT", "DELETE"):
            yield (f"{method} /function/manage-account/accounts/{{login}}/roles/{{role}}",
                   lambda number, method=method: admin.send(
                       method, f"manage-account/accounts/{logins[number]}/roles/admin"))
            yield (f"{method} /function/manage-account/accounts/{{login}}/lock",
                   lambda number, method=method: admin.send(
                       method, f"manage-account/accounts/{logins[number]}/lock"))
        for method in ("GET", "DELETE"):
            yield (f"{method} /function/manage-account/accounts/{{login}}/handouts",
                   lambda number, method=method: admin.send(
                       method, f"manage-account/accounts/{logins[number]}/handouts"))
        yield from self.operations(logins)
        yield from self.catalogue(logins)
        yield from self.reports()

    def operations(self, logins):
        status, _, made = self.admin.send("POST", "rotate-credentials", {"logins": logins[:10], "mode": "next-login"})
        assert status in (200, 202), made
        one = "rotate-credentials/operations/" + made["operationId"]
        yield self.by(self.admin, "GET", "rotate-credentials/operations")
        yield ("GET /function/rotate-credentials/operations/{operationId}", lambda _: self.admin.send("GET", one))
        yield ("POST /function/rotate-credentials/operations/{operationId}/handouts",
               lambda _: self.admin.send("POST", one + "/handouts", {"limit": 1}))

    def catalogue(self, logins):
        for method, body in (("PUT", GAME), ("DELETE", None)):
            yield (f"{method} /function/browse-games/{{gameId}}",
                   lambda number, method=method, body=body: self.admin.send(
                       method, f"browse-games/bench-{number}", body))
        yield ("PUT /function/edit-profile/{login}/birth-date",
               lambda number: self.admin.send("PUT", f"edit-profile/{logins[number]}/birth-date",
                                              {"birthDate": "1990-01-01"}))

    def reports(self):
        for number in range(self.few):
            self.report(number)
        yield self.by(self.admin, "GET", "match/reports")
        yield ("GET /function/match/reports/{id}",
               lambda number: self.admin.send("GET", "match/reports/" + self.reported[number % self.few]))
        yield ("POST /function/match/reports/{id}/resolve",
               lambda number: self.admin.send("POST", f"match/reports/{self.reported[number % self.few]}/resolve",
                                              {"outcome": "dismissed"}))

    def report(self, number):
        answer = self.other.send("POST", "match/reports", {"login": self.crowd[number][1], "reason": "Shouts."})
        self.reported.append(answer[2]["reportId"])
        return answer

    def system(self):
        asked = {"/system/info": "", "/system/namespaces": "", "/system/functions": "", "/system/secrets": "",
                 "/system/calls": "?status=dead", "/system/backups": "", "/system/logs": "?name=echo&tail=10"}
        for path, query in asked.items():
            yield f"GET {path}", lambda _, path=path + query: self.control("GET", path)
        yield "GET /system/function/{name}", lambda _: self.control("GET", "/system/function/echo")
        yield ("POST /system/scale-function/{name}",
               lambda _: self.control("POST", "/system/scale-function/echo", {"serviceName": "echo", "replicas": 1}))
        for method, more in (("POST", {"value": "x"}), ("PUT", {"value": "y"}), ("DELETE", {})):
            yield (f"{method} /system/secrets",
                   lambda number, method=method, more=more: self.control(
                       method, "/system/secrets", {"name": f"bench-{number}", **more}))
        yield "PUT /system/functions", lambda _: self.control("PUT", "/system/functions", {"service": "echo"})

    def control(self, method, path, body=None):
        return self.client.send(method, path, body, self.basic)

    def deployment(self):
        """A function is taken out and put back by turns; each yield times every second call of those."""
        take = lambda _: self.control("DELETE", "/system/functions", {"functionName": "echo"})
        put = lambda _: self.control("POST", "/system/functions", {"service": "echo"})
        yield "DELETE /system/functions", take, put
        take(0)
        yield "POST /system/functions", put, take
        put(0)

    def one_by_one(self):
        """What hashes, and what can be done a few times alone; a third member undoes each call."""
        client, few = self.client, self.few
        yield "POST /function/match/reports", lambda number: self.report(number + few)
        yield from self.deployment()
        yield ("POST /function/create-account",
               lambda number: client.post("create-account", {"login": f"made-{number}"}))
        people = [Person(client, f"hashing-{number}", log_in=False) for number in range(few)]
        yield "POST /function/verify-login", lambda number: people[number].log_in()
        links = [client.post("create-account", {"login": f"linked-{number}", "handout": "link"})[2]
                 for number in range(few)]
        tokens = [link["handout"]["url"].split("#")[1] for link in links]
        yield ("POST /function/claim-credentials",
               lambda number: client.post("claim-credentials", {"token": tokens[number]}))
        for person in people:
            person.take_session()
        yield ("PATCH /function/manage-account",
               lambda number: people[number].prove("PATCH", "manage-account", {"email": f"p{number}@example.org"}))
        yield ("POST /function/rotate-credentials",
               lambda number: people[number].prove("POST", "rotate-credentials", {}))
        yield ("POST /function/manage-account/erase",
               lambda number: people[number].prove("POST", "manage-account/erase", {}))
