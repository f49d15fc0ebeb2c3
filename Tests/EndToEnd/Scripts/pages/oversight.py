"""What goes wrong among people and programs, and who sees to it: requests that come to nothing, reports, calls that
failed for good, and a trail that somebody touched."""

import urllib.request

from browser import Browser
from players import GAME, PROFILE


def oversee(installation, scratch, admin_token):
    admin = installation.claimant(admin_token)
    ada, bea = players(installation)
    with Browser(installation.url, scratch) as browser:
        browser.log_in(ada)
        report(browser, bea)
        withdraw(browser, ada, bea)
        decline(browser, ada, bea)
        faults = browser.faults()
    with Browser(installation.url, scratch) as browser:
        browser.log_in(admin)
        judge(browser, admin, bea)
        retry(browser, installation)
        tamper(browser, installation)
        return faults + browser.faults()


def players(installation):
    """Two who have a game in common, and are nothing to each other yet."""
    ada, bea = installation.person(), installation.person()
    for person, name in [(ada, "Ada"), (bea, "Bea")]:
        person.call("PUT", "edit-profile", {**PROFILE, "displayName": name})
        person.call("PUT", f"browse-games/library/{GAME}", {"level": "expert"})
    return ada, bea


def withdraw(browser, ada, bea):
    """Whoever asked may think better of it; the other one has nothing to answer then."""
    ada.call("POST", "match/requests", {"to": bea.login})
    row = f'#outgoing [data-login="{bea.login}"]'
    browser.open("/match#requests", f"{row} button:not(.who)")
    browser.click(f"{row} .actions button")
    browser.sees("Your request is withdrawn.")
    browser.until("the row to go", lambda: not browser.driver.find_elements("css selector", f"{row} .actions button"))
    waiting = bea.call("GET", "match/requests?direction=incoming&status=pending")["requests"]
    assert waiting == [], waiting


def decline(browser, ada, bea):
    """A request appears where its page is open, and goes when it is declined."""
    browser.find("#incoming .empty")
    request = bea.call("POST", "match/requests", {"to": ada.login})
    row = f'#incoming [data-login="{bea.login}"]'
    browser.click(f"{row} .actions button:last-child")
    browser.sees(f"Declined. {bea.login} is not proposed to you")
    browser.find("#incoming .empty")
    [sent] = [each for each in bea.call("GET", "match/requests?direction=outgoing")["requests"]
              if each["requestId"] == request["requestId"]]
    assert sent["status"] in ("pending", "declined"), sent


def report(browser, bea):
    """From what somebody shows of herself, with a reason; without one nothing is sent."""
    card = f'article[data-login="{bea.login}"]'
    browser.open("/match", card)
    browser.click(f"{card} > .actions button:last-child")
    browser.click('dialog .actions [data-t="report.action"]')
    browser.submit("dialog:last-of-type form")
    browser.sees("This is needed.")
    browser.fill("dialog:last-of-type form", reason="Calls <b>names</b>.")
    browser.submit("dialog:last-of-type form")
    browser.sees("Thank you. An administrator will look at it.")


def judge(browser, admin, bea):
    """An admin reads what was reported, as nothing but text, decides, and the report leaves the open ones."""
    look = f'#reports button[data-t-labels*="{bea.login}"]'
    browser.open("/admin/reports", look)
    browser.click(look)
    browser.sees("Calls <b>names</b>.")
    browser.until("whom it is about", lambda: bea.login in browser.text("dialog"))
    browser.run("document.querySelector('#resolve [name=outcome]').value = 'warned'")
    browser.fill("#resolve", note="A first word.")
    browser.submit("#resolve")
    browser.sees("The report is resolved.")
    browser.until("the report to go", lambda: not browser.driver.find_elements("css selector", look))
    [report] = [each for each in admin.call("GET", "match/reports?status=resolved")["reports"] if each["login"] == bea.login]
    assert report["outcome"] == "warned", report


def retry(browser, installation):
    """A call that failed for good stands in the queue, and is made once more when an admin says so."""
    request = urllib.request.Request(f"{installation.url}/async-function/echo", b"{}", method="POST")
    with urllib.request.urlopen(request, timeout=120) as answer:
        call = answer.headers["X-Call-Id"]
    calls = installation.database().calls
    browser.until("the call", lambda: calls.find_one({"_id": call, "status": "done"}))
    calls.update_one({"_id": call}, {"$set": {"status": "dead", "attempts": 5, "lastStatus": 502}})
    browser.open("/admin/queue", "#calls li")
    browser.click(f'#calls [data-call="{call}"] button')
    browser.sees("The call waits for another try.")
    browser.until("the call to be made", lambda: calls.find_one({"_id": call, "status": "done"}))
    browser.open("/admin/queue?status=done", f'#calls [data-call="{call}"]')


def tamper(browser, installation):
    """Where somebody changes an event behind the installation's back, the page names it; afterwards all is whole again."""
    audit = installation.database().audit
    event = audit.find_one({"type": "login.succeeded", "seq": {"$gt": 0}}, sort=[("seq", 1)])
    audit.update_one({"_id": event["_id"]}, {"$set": {"outcome": "refused"}})
    try:
        verify(browser, "false")
        browser.sees("The trail is broken.")
        browser.sees(f"Event {event['seq']}")
    finally:
        audit.update_one({"_id": event["_id"]}, {"$set": {"outcome": event["outcome"]}})
    verify(browser, "true")
    browser.sees("The trail is whole.")


def verify(browser, ok):
    browser.open("/admin/audit", "#events .event")
    browser.click("#place .actions button")
    browser.find(f'#verdict[data-ok="{ok}"]')
