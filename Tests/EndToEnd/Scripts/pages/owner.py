"""What an owner does now and then: ends a session, changes login and address, takes the data along, renews unasked,
and gets in by a recovery code where the phone is lost."""

import json
import pathlib

from accounts import confirm, read_credentials
from browser import Browser
from installation import new_login


def owner(installation, scratch):
    with Browser(installation.url, scratch) as browser:
        person = installation.person()
        other = log_in_elsewhere(installation, person)
        browser.log_in(person)
        end_session(browser, installation, other)
        login = change(browser, person)
        export(browser, login)
        password, phone = renew(browser, login, person)
        lose_phone(browser, login, password, phone)
        return browser.faults()


def log_in_elsewhere(installation, person):
    body = {"login": person.login, "password": person.password, "recoveryCode": person.recovery_codes.pop()}
    return installation.call("POST", "verify-login", body)["accessToken"]


def end_session(browser, installation, token):
    """A session elsewhere is ended from here, and is worth nothing at once."""
    installation.call("GET", "manage-account", token=token)
    browser.open("/account", "#sessions li button")
    browser.click("#sessions li button")
    browser.sees("Logged out there.")
    assert installation.refused("GET", "manage-account", token=token)[0] == 401
    browser.until("one session", lambda: browser.run("return document.querySelectorAll('#sessions li').length") == 1)


def change(browser, person):
    """Login and address, proved by a recovery code in the place of the app's."""
    login = new_login()
    browser.fill("#change", login=login, email="ada@example.org", password=person.password)
    browser.click("#change .factor-switch")
    browser.fill("#change", recoveryCode=person.recovery_codes.pop().lower())
    browser.submit("#change")
    browser.sees("The change is saved.")
    browser.until("the new login", lambda: login in browser.text("#overview"))
    account = person.call("GET", "manage-account")
    assert (account["login"], account["email"], account["credentials"]["recoveryCodesLeft"]) == (login, "ada@example.org", 8)
    return login


def export(browser, login):
    """All that is kept, as a file."""
    folder = pathlib.Path(browser.profile.name) / "downloads"
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    browser.click("#export button")
    browser.sees("Your data are in your downloads.")
    file = folder / "passerelle-account.json"
    browser.until("the download", file.exists)
    assert login in json.dumps(json.loads(file.read_text()))


def renew(browser, login, person):
    """Nobody has to wait for the end of the credentials."""
    browser.click('#overview a[href="/renew"]')
    browser.find("#prove")
    browser.fill("#prove", password=person.password, totp=person.phone.code())
    browser.submit("#prove")
    browser.submit("#renew")
    password, phone = read_credentials(browser, login)
    codes = [each.text.replace(" ", "") for each in browser.driver.find_elements("css selector", ".recovery li code")]
    confirm(browser, password, phone)
    return password, codes


def lose_phone(browser, login, password, codes):
    """A recovery code opens the account once, and leads to a set for the new phone."""
    browser.log_out()
    browser.open("/login", "#login")
    browser.fill("#login", login=login, password=password)
    browser.click("#login .factor-switch")
    browser.fill("#login", recoveryCode=codes[0])
    browser.submit("#login")
    browser.at("/renew")
    browser.sees("You logged in with a recovery code.")
    browser.submit("#renew")
    again, phone = read_credentials(browser, login)
    assert again != password
    confirm(browser, again, phone)
