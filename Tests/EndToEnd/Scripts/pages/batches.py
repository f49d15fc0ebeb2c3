"""What an admin does to several accounts at once, and what no admin may do to the last one; and what is said in a community."""

import datetime
import uuid

from browser import Browser
from players import GAME, PROFILE, hears


def batches(installation, scratch, admin_token):
    admin = installation.claimant(admin_token)
    name = f"batch-{uuid.uuid4().hex[:8]}"
    people = [installation.person(login=f"{name}-{number}") for number in range(3)]
    with Browser(installation.url, scratch) as browser:
        browser.log_in(admin)
        rotate_chosen(browser, installation, people, name)
        rotate_expiring(browser, installation, people)
        faults = lock(browser, installation, scratch)
        keep_last(browser, installation, admin)
        bury(browser, admin, installation.person())
        return faults + browser.faults()


def rotate_chosen(browser, installation, people, name):
    """Those that are picked in the list, and nobody else: their links, read from the screen, give new credentials."""
    ada, bea, cleo = people
    opens(browser, f"/admin/accounts?query={name}")
    button = '#batch [data-t="accounts.rotateSome"]'
    assert not browser.find(button).is_enabled()
    for person in [ada, bea]:
        pick(browser, person)
    assert "(2)" in browser.text(button), browser.text(button)
    pick(browser, cleo)
    pick(browser, cleo)
    browser.click(button)
    browser.sees("The 2 chosen accounts get new credentials.")
    browser.run("""
        const mode = document.querySelector("#rotate [name=mode]");
        mode.value = "now";
        mode.dispatchEvent(new Event("change", {bubbles: true}));""")
    browser.submit("#rotate")
    browser.sees("Done: 2 of 2 accounts.")
    claim_from_screen(browser, installation, [ada, bea])
    assert installation.refused("GET", "manage-account", token=ada.session["accessToken"])[0] == 401
    cleo.call("GET", "manage-account")
    prints_cards(browser, 2)


def rotate_expiring(browser, installation, people):
    """Those whose credentials end within so many days; the form asks for the days, and refuses what is none."""
    soon = people[2]
    soonest = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)
    installation.database().accounts.update_one({"login": soon.login}, {"$set": {"credentials.expiresAt": soonest}})
    opens(browser, f"/admin/accounts?expiringWithinDays=7&query={soon.login}")
    browser.click('#batch [data-t="accounts.rotateExpiring"]')
    browser.fill("#rotate", expiringWithinDays="-1")
    browser.submit("#rotate")
    browser.sees("A whole number from 0 to 3650.")
    browser.fill("#rotate", expiringWithinDays="7")
    browser.run("document.querySelector('#rotate [name=mode]').value = 'now'")
    browser.submit("#rotate")
    browser.until("the end", lambda: "Done:" in browser.find("#operation").text)
    assert browser.run("const bar = document.querySelector('#operation progress'); return bar.value === bar.max && bar.max > 0")
    assert installation.refused("GET", "manage-account", token=soon.session["accessToken"])[0] == 401
    if not browser.driver.find_elements("css selector", "#handouts"):
        browser.click('#operation [data-t="rotation.links"]')
    claim_from_screen(browser, installation, [soon])
    browser.find("#operations li")


def opens(browser, path):
    browser.open(path, "#accounts li")
    browser.until("the list", lambda: not browser.driver.find_elements("css selector", "#accounts[aria-busy]"))


def pick(browser, person):
    browser.click(f'#accounts [data-login="{person.login}"] input')


def claim_from_screen(browser, installation, people):
    """Each card has a QR code that a program reads from the picture on the screen alone."""
    cards = browser.until("the cards", lambda: browser.driver.find_elements("css selector", "#handouts .handout"))
    found = {}
    for card in cards:
        link = browser.until("a code that can be read", lambda: browser.scanned(card.find_element("css selector", "img")))
        assert link == card.find_element("css selector", "code").text, link
        claimed = installation.call("POST", "claim-credentials", {"token": link.split("#")[1]})
        found[claimed["login"]] = claimed["password"]
    for person in people:
        assert found[person.login] != person.password
    return found


def prints_cards(browser, count):
    """On paper there are the cards and nothing else; each as dark on white, also where the page is dark."""
    browser.run("document.documentElement.dataset.theme = 'dark'")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.run("""
        const isSeen = (css) => [...document.querySelectorAll(css)].filter((each) => each.checkVisibility()).length;
        return [isSeen(".handout img"), isSeen("button"), isSeen("body > header, body > footer, #accounts, form"),
            getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.querySelector(".qr")).backgroundColor];""")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.run("delete document.documentElement.dataset.theme")
    assert shown == [count, 0, 0, "light", "rgb(255, 255, 255)"], shown


def lock(browser, installation, scratch):
    """Whoever is locked is logged out at once, and is told no more than of a wrong password until the lock is lifted."""
    person = installation.person()
    with Browser(installation.url, scratch) as other:
        other.log_in(person)
        other.open("/account", "#sessions li")
        press(browser, person, "accounts.lock", f"{person.login} is locked.")
        other.driver.get(other.url + "/account")
        other.sees("Your session has ended.")
        log_in(other, person)
        other.sees("Login, password or code is not right.")
        press(browser, person, "accounts.unlock", f"{person.login} is unlocked.")
        log_in(other, person)
        other.at("/account")
        other.find("#sessions li")
        return other.faults()


def log_in(browser, person):
    browser.fill("#login", login=person.login, password=person.password, totp=person.phone.code())
    browser.submit("#login")


def press(browser, person, title, told):
    """One account's dialog, one of its buttons, the question, and what is said afterwards."""
    opens(browser, f"/admin/accounts?query={person.login}")
    browser.click(f'[data-login="{person.login}"] button')
    browser.click(f'dialog [data-t="{title}"]')
    browser.click(f'dialog:last-of-type .actions [data-t="{title}"]')
    browser.sees(told)


def keep_last(browser, installation, admin):
    """The last administrator can be neither locked nor demoted, and the page says so in a plain sentence."""
    accounts = installation.database().accounts
    others = [each["_id"] for each in accounts.find({"roles": "admin", "login": {"$ne": admin.login}})]
    accounts.update_many({"_id": {"$in": others}}, {"$set": {"roles": []}})
    try:
        for title in ["accounts.lock", "accounts.demote"]:
            press(browser, admin, title, "The last administrator can be neither locked nor lose the role.")
    finally:
        accounts.update_many({"_id": {"$in": others}}, {"$set": {"roles": ["admin"]}})
    found = accounts.find_one({"login": admin.login})
    assert (found["status"], found["roles"]) == ("active", ["admin"]), found


def bury(browser, admin, person):
    """An administrator's deletion in a community takes the text from everybody; the page says so before it does it."""
    for each, name in [(admin, "Ada"), (person, "Bea")]:
        each.call("PUT", "edit-profile", {**PROFILE, "displayName": name})
        each.call("PUT", f"browse-games/library/{GAME}", {"level": "expert"})
    text = f"Not here, {uuid.uuid4()}"
    sent = person.call("POST", "send-message", {"community": GAME, "body": text, "clientMessageId": str(uuid.uuid4())})
    browser.open(f"/messages?community={GAME}", f'#thread [data-seq="{sent["seq"]}"] .more')
    hears(browser, text)
    browser.click(f'#thread [data-seq="{sent["seq"]}"] .more')
    browser.click('dialog [data-t="messages.delete"]')
    browser.until("the question", lambda: "disappears for everybody" in browser.text("dialog:last-of-type"))
    browser.click("dialog:last-of-type .danger")
    browser.sees("The message is deleted.")
    history = person.call("GET", f"read-messages/{sent['conversationId']}?after={sent['seq'] - 1}&limit=1")["messages"]
    assert history[0].get("deleted") is True and "body" not in history[0], history
