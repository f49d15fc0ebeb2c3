"""What an admin does in a browser: hands out, rotates, judges the trail; and whoever writes programs tries a call."""

import base64
import json

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from browser import Browser
from installation import Phone, new_login


def administer(installation, scratch, admin_token):
    admin = installation.claimant(admin_token)
    player = installation.person()
    with Browser(installation.url, scratch) as browser:
        browser.log_in(admin)
        hand_out(browser, installation)
        grow_old(browser, installation)
        rotate_all(browser, admin)
        lock_and_unlock(browser, installation, player)
        verify(browser)
        functions(browser)
        browser.log_out()
        renew(browser, player)
        return browser.faults()


def hand_out(browser, installation):
    """A new account's link, read from the screen, gives its credentials."""
    login = new_login()
    browser.open("/admin/accounts", "#accounts li")
    browser.fill("#create", login=login)
    browser.run("const b = document.querySelector('#create [type=submit]'); b.click(); b.click();")
    link = browser.scan("#handouts img")
    assert link == browser.text("#handouts code"), link
    claimed = installation.call("POST", "claim-credentials", {"token": link.split("#")[1]})
    assert claimed["login"] == login, claimed
    assert installation.database().accounts.count_documents({"login": login}) == 1


def grow_old(browser, installation):
    """Makes the tab's login sixteen minutes old, as the installation would have signed it then."""
    session = json.loads(browser.run("return sessionStorage.getItem('session')"))
    head, claims, _ = session["accessToken"].split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=="))
    content["auth_time"] -= 960
    signed = f"{head}.{base64url(json.dumps(content).encode())}"
    key = load_pem_private_key((installation.data / "secrets/token-key").read_bytes(), None)
    session["accessToken"] = f"{signed}.{base64url(key.sign(signed.encode()))}"
    browser.run("sessionStorage.setItem('session', arguments[0])", json.dumps(session))


def base64url(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def rotate_all(browser, admin):
    """Everybody is led to a renewal after the next login: asked about first, and done after a fresh login."""
    browser.open("/admin/accounts", "#accounts li")
    browser.click("#batch button:last-child")
    browser.find("#rotate")
    browser.click("dialog .dialog-close")
    browser.click("#batch button:last-child")
    browser.submit("#rotate")
    browser.sees("Please log in once more")
    browser.fill("dialog:last-of-type form", password=admin.password, totp=admin.phone.code())
    browser.submit("dialog:last-of-type form")
    browser.until("the operation", lambda: "Done:" in browser.find("#operation").text)
    browser.find("#operations li")


def lock_and_unlock(browser, installation, player):
    row = f'[data-login="{player.login}"]'
    browser.fill("#search", query=player.login)
    browser.submit("#search")
    for before, done, text in [
            ("active", "locked", f"{player.login} is locked."), ("locked", "active", f"{player.login} is unlocked.")]:
        browser.find(f'{row} [data-t="status.{before}"]')
        browser.click(f"{row} button")
        browser.click("dialog .actions button:first-child")
        browser.click("dialog:last-of-type .actions button:first-child")
        browser.sees(text)
        assert installation.database().accounts.find_one({"login": player.login})["status"] == done


def verify(browser):
    browser.open("/admin/audit", "#events .event")
    browser.click("#place .actions button")
    browser.find('#verdict[data-ok="true"]')
    browser.fill("#search", login="nobody-of-that-name")
    browser.submit("#search")
    browser.sees("No event fits.")


def functions(browser):
    """A function's charts and log are shown, and a call to it is made and answered."""
    browser.open("/admin/functions", '[data-function="echo"]')
    browser.click('[data-function="echo"] button')
    browser.find("dialog .chart")
    browser.fill("#invoke", body='{"hello": "there"}')
    browser.submit("#invoke")
    assert '"hello": "there"' in browser.find("#invoke .log-lines").text


def renew(browser, player):
    """The player's next login leads to new credentials, and nowhere else."""
    browser.open("/login", "#login")
    browser.fill("#login", login=player.login, password=player.password, totp=player.phone.code())
    browser.submit("#login")
    browser.at("/renew")
    browser.submit("#renew")
    browser.sees("These are shown once")
    password, secret = browser.text("#secret-password"), browser.text("#secret-secret")
    assert password != player.password
    browser.fill("#confirm", password=password, totp=Phone(secret).code())
    browser.submit("#confirm")
    browser.at("/account")


def contract(installation, scratch):
    """A call is found by its words and tried with the login of the tab, by keyboard alone."""
    player = installation.person()
    with Browser(installation.url, scratch) as browser:
        browser.log_in(player)
        browser.open("/docs", ".operation")
        browser.fill(".find", query="show own account")
        browser.until("one call", lambda: browser.run(
            "return [...document.querySelectorAll('.operation')].filter((each) => each.checkVisibility()).length") == 1)
        browser.run("document.querySelector('#showAccount > summary').focus()")
        press(browser, "\n")
        browser.find("#showAccount form [type=submit]")
        browser.run("document.querySelector('#showAccount form [type=submit]').focus()")
        press(browser, "\n")
        assert f'"login": "{player.login}"' in browser.find("#showAccount form .log-lines").text
        return browser.faults()


def press(browser, key):
    browser.driver.switch_to.active_element.send_keys(key)
