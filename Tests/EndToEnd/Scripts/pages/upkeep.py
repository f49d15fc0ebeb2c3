"""What admins do now and then: roles, one account's new credentials, workers, the master key, backups that have no place."""

import base64
import os

from browser import Browser


def upkeep(installation, scratch, admin_token):
    admin = installation.claimant(admin_token)
    player = installation.person()
    with Browser(installation.url, scratch) as browser:
        browser.log_in(admin)
        promote(browser, installation, player)
        rotate_one(browser, installation, player)
        scale(browser)
        rotate_key(browser, installation)
        back_up(browser)
        return browser.faults()


def manage(browser, player, shown):
    """Opens an account's dialog once its row shows what it is to show."""
    browser.open(f"/admin/accounts?query={player.login}", f'[data-login="{player.login}"]{shown}')
    browser.click(f'[data-login="{player.login}"] button')


def promote(browser, installation, player):
    """The role is given and taken, each time asked about, and ends the sessions of before."""
    for shown, button, text, roles in [
            (":not(:has([data-t='role.admin']))", "accounts.promote", "is an administrator now.", ["admin"]),
            (":has([data-t='role.admin'])", "accounts.demote", "is no longer an administrator.", [])]:
        manage(browser, player, shown)
        browser.click(f'dialog [data-t="{button}"]')
        browser.click(f'dialog:last-of-type .actions [data-t="{button}"]')
        browser.sees(f"{player.login} {text}")
        assert installation.database().accounts.find_one({"login": player.login})["roles"] == roles
    assert installation.refused("GET", "manage-account", token=player.session["accessToken"])[0] == 401


def rotate_one(browser, installation, player):
    """New credentials for one: the old ones are dead, and the link on the screen gives the new ones."""
    manage(browser, player, "")
    browser.click('dialog [data-t="accounts.rotate"]')
    browser.submit("#rotate")
    link = browser.scan("#handouts img")
    assert link == browser.text("#handouts code"), link
    claimed = installation.call("POST", "claim-credentials", {"token": link.split("#")[1]})
    assert claimed["login"] == player.login and claimed["password"] != player.password
    manage(browser, player, "")
    browser.find('#links [data-t="link.claimed"]')


def scale(browser):
    """A function's workers are set, its log is shown, and its figures are counted."""
    browser.open("/admin/functions", '[data-function="echo"]')
    browser.click('[data-function="echo"] button')
    browser.fill("#scale", replicas="2")
    browser.submit("#scale")
    browser.sees("The function is scaled.")
    browser.submit("#invoke")
    browser.sees("200")


def rotate_key(browser, installation):
    """Without a new key nothing happens, and the page says what to do; with one, every data key is wrapped anew."""
    secrets = installation.data / "secrets"
    if not (secrets / "master-key-previous").exists():
        press_key(browser)
        browser.sees("There is no new key yet")
    present = (secrets / "master-key").read_text()
    put(secrets / "master-key-previous", present)
    put(secrets / "master-key", base64.b64encode(os.urandom(96)).decode())
    press_key(browser)
    browser.find('#operation [data-status="done"]')
    browser.sees("master-key-previous may be removed")
    (secrets / "master-key-previous").unlink()
    browser.open("/account", "#sessions li")


def put(path, text):
    """A secret, the whole file at once, as its owner's alone."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.chmod(0o600)
    new.rename(path)


def press_key(browser):
    browser.open("/admin/master-key", "#place ol")
    browser.click("#place .button.danger")
    browser.click("dialog .button.danger")


def back_up(browser):
    """Where backups have no place to go, the page says so, and what to set."""
    browser.open("/admin/backups", "#backups .empty")
    browser.click('[data-t="backups.begin"]')
    browser.click("dialog .actions .primary")
    browser.sees("see BACKUP_TARGET")
