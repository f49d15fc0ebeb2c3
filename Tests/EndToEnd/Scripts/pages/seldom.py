"""What players do now and then: paint by finger, report a message, part, give up a game."""

import uuid

from browser import Browser
from habits import teammates, write
from players import GAME


def seldom(installation, scratch):
    ada, bea = teammates(installation)
    said = f"Rude, {uuid.uuid4()}"
    write(bea, ada, said)
    with Browser(installation.url, scratch) as browser:
        browser.log_in(ada)
        finger(browser)
        report_message(browser, bea, said)
        part(browser, ada, bea)
        give_up(browser, ada)
        return browser.faults()


def finger(browser):
    """A finger that is drawn along a day paints it; one that draws up or down scrolls."""
    browser.open("/profile", "#about .slot")
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    browser.until("all lists", lambda: not browser.driver.find_elements("css selector", ".loading, [aria-busy=true]"))
    painted = "return [...document.querySelectorAll('.slot[aria-selected=true]')].map((each) => Number(each.dataset.at))"
    before = browser.run(painted)
    draw(browser, range(3 * 48 + 20, 3 * 48 + 24))
    browser.until("four half hours more", lambda: browser.run(painted) == sorted(before + list(range(164, 168))))
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    browser.submit("#profile")
    browser.sees("Your profile is saved.")


def draw(browser, slots):
    first, *rest = [place(browser, at) for at in slots]
    touch(browser, "touchStart", [first])
    for each in rest:
        touch(browser, "touchMove", [each])
    touch(browser, "touchEnd", [])


def place(browser, at):
    return browser.run("""
        const slot = document.querySelector(`.slot[data-at="${arguments[0]}"]`);
        document.querySelector('.week').scrollIntoView({block: "center", behavior: "instant"});
        const {x, y, width, height} = slot.getBoundingClientRect();
        return {x: x + width / 2, y: y + height / 2};""", at)


def touch(browser, kind, points):
    browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def report_message(browser, bea, said):
    """A message is reported with what it says."""
    browser.open(f"/messages?to={bea.login}", "#thread [data-seq] .more")
    browser.click("#thread [data-seq] .more")
    browser.click('dialog [data-t="report.action"]')
    browser.fill("dialog:last-of-type form", reason="See for yourself.")
    browser.submit("dialog:last-of-type form")
    browser.sees("Thank you. An administrator will look at it.")
    assert said in browser.text("#thread")


def part(browser, ada, bea):
    """Whoever parts is asked first, and then neither can write to the other."""
    browser.open("/match#teammates", f'#mates [data-login="{bea.login}"]')
    browser.click(f'#mates [data-login="{bea.login}"] [data-t="match.part"]')
    browser.click("dialog .danger")
    browser.sees("You are no longer teammates.")
    browser.find("#mates .empty")
    assert ada.call("GET", "match/teammates")["teammates"] == []


def give_up(browser, ada):
    browser.open("/games", "#library li button")
    browser.click("#library li button")
    browser.click('dialog [data-t="game.remove"]')
    browser.click("dialog:last-of-type .danger")
    browser.sees("is no longer in your games.")
    browser.find("#library .empty")
    assert ada.call("GET", "browse-games/library")["games"] == []
