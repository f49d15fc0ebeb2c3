"""Takes pictures of the pages: pictures.py manual|all URL DATA ADMIN-TOKEN FOLDER.

`manual` takes those of the admins' guide, into Gateway/Manual/pictures; `all` takes every page at three widths, in both
themes and both languages, to be looked at. Both fill the installation with made-up people first: use one of its own.
"""

import base64
import pathlib
import sys
import tempfile
import urllib.request
import uuid

from browser import Browser
from installation import Installation
from look import SKIP, WIDTHS
from players import GAME, PROFILE
from table import PAGES

# The page, the name of its picture, what shows that it is complete, and what is pressed before.
MANUAL = [
    ("/admin", "admin", "#tiles section:nth-child(4) p", []),
    ("/admin/accounts", "admin-accounts", "#accounts li", []),
    ("/admin/accounts", "admin-rotation", "#rotate", ["#batch button:nth-child(2)"]),
    ("/admin/audit", "admin-audit", '#verdict[data-ok="true"]', ["#place .actions button"]),
    ("/admin/reports", "admin-report", "#resolve", ["#reports li button"]),
    ("/admin/functions", "admin-function", 'dialog .chart .curve[d*="L"]', ['[data-function="read-messages"] button']),
    ("/admin/queue", "admin-queue", "#calls li", []),
    ("/admin/master-key", "admin-master-key", "#place ol", []),
]
SIZE = (960, 720)


def main():
    what, url, data, token, folder = sys.argv[1:6]
    installation = Installation(url, data)
    people = {"admin": installation.claimant(token), "player": fill(installation)}
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, Browser(url, scratch) as browser:
        for name in (manual if what == "manual" else everything)(browser, people):
            kind = "webp" if what == "manual" else "png"
            (pathlib.Path(folder) / f"{name}.{kind}").write_bytes(picture(browser, kind, whole=what == "all"))
            print(name, flush=True)


def manual(browser, people):
    browser.width(*SIZE)
    browser.log_in(people["admin"])
    for path, name, ready, pressed in MANUAL:
        browser.open(path)
        for css in pressed:
            browser.click(css)
        browser.find(ready)
        settle(browser)
        yield name


def everything(browser, people):
    for page in PAGES:
        if page.who != "nobody":
            browser.log_in(people[page.who])
        else:
            browser.log_out()
        browser.open(page.path, page.ready)
        for language in SKIP:
            browser.click(f'.language[lang="{language}"]')
            browser.until("its texts", lambda: browser.run("return document.querySelector('.skip').textContent") == SKIP[language])
            settle(browser)
            for theme in ["light", "dark"]:
                browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
                for width in WIDTHS:
                    browser.width(width)
                    yield f"{page.path.strip('/').replace('/', '-').replace('#', '-')[:30] or 'home'}-{page.who}-{language}-{theme}-{width}"
        browser.width(1280)
        browser.run("localStorage.clear()")


def settle(browser):
    browser.until("all lists", lambda: not browser.driver.find_elements("css selector", ".loading, [aria-busy=true]"))


def picture(browser, kind, whole):
    options = {"format": kind, "captureBeyondViewport": whole, **({"quality": 60} if kind == "webp" else {})}
    return base64.b64decode(browser.driver.execute_cdp_cmd("Page.captureScreenshot", options)["data"])


def fill(installation):
    """Ada, who knows some people; they are named as people are, so that the pages look as they do."""
    ada, bea, cleo = (installation.person(login=f"{name}-{uuid.uuid4().hex[:4]}") for name in ["ada", "bea", "cleo"])
    for person, name, style in [(ada, "Ada", "casual"), (bea, "Bea", "casual"), (cleo, "Cleo", "any")]:
        person.call("PUT", "edit-profile", {**PROFILE, "displayName": name, "playStyle": style})
        person.call("PUT", f"browse-games/library/{GAME}", {"level": "expert", "rank": 80, "hoursPlayed": 120})
    request = bea.call("POST", "match/requests", {"to": ada.login, "note": "A game on Monday?"})
    ada.call("POST", f"match/requests/{request['requestId']}/accept")
    for who, to, text in [(bea, ada, "Hello Ada! Monday at eight?"), (ada, bea, "With pleasure."), (bea, ada, "See you there.")]:
        who.call("POST", "send-message", {"to": to.login, "body": text, "clientMessageId": str(uuid.uuid4())})
    ada.call("POST", "send-message", {"community": GAME, "body": "Who plays tonight?", "clientMessageId": str(uuid.uuid4())})
    ada.call("POST", "match/reports", {"login": cleo.login, "reason": "Leaves in the middle of every game."})
    with urllib.request.urlopen(urllib.request.Request(
            f"{installation.url}/async-function/echo", b"{}", method="POST"), timeout=120) as answer:
        call = answer.headers["X-Call-Id"]
    calls = installation.database().calls
    while not calls.find_one_and_update(
            {"_id": call, "status": "done"}, {"$set": {"status": "dead", "attempts": 5, "lastStatus": 502}}):
        pass
    return ada


if __name__ == "__main__":
    main()
