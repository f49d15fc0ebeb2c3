"""Two players who find, match and message each other in two browsers, and part again."""

import urllib.error
import uuid

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import Browser
from look import look_at

GAME = "age-of-mythology-retold"
PROFILE = {
    "displayName": "Bea", "bio": "Plays in the evening.", "birthDate": "1991-03-02", "languages": ["en", "fr"],
    "region": "europe", "timeZone": "Europe/Paris", "playStyle": "casual", "voiceChat": "optional",
    "availability": [{"day": "monday", "from": "20:00", "to": "22:30"}],
}


def play(installation, scratch):
    """Ada does all by hand; Bea has her profile already."""
    ada, bea = installation.person(), installation.person()
    bea.call("PUT", "edit-profile", PROFILE)
    bea.call("PUT", f"browse-games/library/{GAME}", {"level": "expert"})
    with Browser(installation.url, scratch) as first, Browser(installation.url, scratch) as second:
        first.log_in(ada)
        second.log_in(bea)
        fill_in(first, ada)
        own_a_game(first, ada)
        first.open("/match", f'article[data-login="{bea.login}"]')
        faults = look_at(first, "en")
        ask(first, bea)
        accept(second, ada, bea)
        talk(first, second, ada, bea)
        delete(first, second)
        faults += look_at(second, "fr") + look_at(second, "en")
        part(first, second, ada, bea)
        return faults + first.faults() + second.faults()


def fill_in(browser, ada):
    """The form, and the week by a dragging mouse and by keys; others' profiles and a form that is not changed stay."""
    browser.open("/match", "#without a")
    browser.click("#without a")
    browser.at("/profile")
    browser.find("#about .slot")
    zone = browser.run("return document.querySelector('[name=timeZone]').value")
    assert zone == browser.run("return Intl.DateTimeFormat().resolvedOptions().timeZone"), zone
    browser.submit("#profile")
    browser.sees("This is needed.")
    browser.fill("#profile", displayName="Ada <b>", bio="Slow but steady.")
    choose(browser, "birthDate", "1990-05-17")
    for name, value in [("languages", "fr"), ("languages", "en"), ("timeZone", "Europe/Paris"), ("playStyle", "casual")]:
        choose(browser, name, value)
    paint(browser)
    browser.run("const b = document.querySelector('#profile [type=submit]'); b.click(); b.click();")
    browser.sees("Your profile is ready.")
    profile = ada.call("GET", "edit-profile")
    assert profile["languages"] == ["fr", "en"] and profile["displayName"] == "Ada <b>", profile
    assert profile["availability"] == [
        {"day": "monday", "from": "20:00", "to": "22:00"}, {"day": "tuesday", "from": "20:30", "to": "21:30"},
    ], profile["availability"]
    browser.driver.refresh()
    browser.find("#about .slot")
    assert browser.run("return document.querySelectorAll('.slot[aria-selected=true]').length") == 6
    browser.fill("#profile", bio="Slow and steady.")
    browser.submit("#profile")
    browser.sees("Your profile is saved.")
    assert ada.call("GET", "edit-profile") == {**profile, "bio": "Slow and steady."}


def choose(browser, name, value):
    browser.run("""
        const field = document.querySelector(`#profile [name="${arguments[0]}"]`);
        field.value = arguments[1];
        for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, {bubbles: true}));""", name, value)


def paint(browser):
    """Monday from 20:00 to 22:00 by mouse, Tuesday from 20:30 to 21:30 by keys."""
    browser.until("all lists", lambda: not browser.driver.find_elements("css selector", ".loading, [aria-busy=true]"))
    first, last = (browser.driver.find_element("css selector", f'.slot[data-at="{at}"]') for at in (40, 43))
    browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", first)
    ActionChains(browser.driver, duration=50).click_and_hold(first).move_to_element(last).release().perform()
    assert browser.run("return document.activeElement.dataset.at") == "40"
    keys = ActionChains(browser.driver)
    keys.send_keys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT).key_up(Keys.SHIFT)
    keys.perform()
    browser.sees("3 h")


def own_a_game(browser, ada):
    """Finds a game by its name, puts it into the library with a rank, and changes its level from the profile."""
    browser.open("/games", "#catalogue li")
    browser.fill("#search", query="mythology")
    browser.until("one game", lambda: browser.run("return document.querySelectorAll('#catalogue li .row').length") == 1)
    assert browser.path == "/games?query=mythology", browser.path
    browser.click("#catalogue [data-game] button")
    browser.fill("dialog form", rank="88", hoursPlayed="120")
    browser.submit("dialog form")
    browser.find("#catalogue [data-game] .badge")
    browser.find("#library li")
    browser.open("/profile", "#games li")
    browser.click("#games li button")
    browser.find('dialog [name="level"]')
    browser.run("document.querySelector('dialog [name=level]').value = 'expert'")
    browser.submit("dialog form")
    browser.sees("is saved.")
    [game] = ada.call("GET", "browse-games/library")["games"]
    assert (game["gameId"], game["level"], game["rank"], game["hoursPlayed"]) == (GAME, "expert", 88, 120), game


def ask(browser, bea):
    """Sees a score and its parts, and asks once however often the button is pressed."""
    browser.open("/match", f'article[data-login="{bea.login}"]')
    card = browser.text(f'article[data-login="{bea.login}"]')
    for words in ["Bea", "35 of 35", "24 of 25", "2 h"]:
        assert words in card, card
    browser.click(f'article[data-login="{bea.login}"] .button.primary')
    browser.fill("dialog form", note="A game on Monday?")
    browser.run("const b = document.querySelector('dialog [type=submit]'); b.click(); b.click();")
    browser.until("the card to go", lambda: not browser.driver.find_elements(
        "css selector", f'article[data-login="{bea.login}"]'))
    browser.click('.views a[href="#requests"]')
    browser.find(f'#outgoing [data-login="{bea.login}"]')
    browser.driver.back()
    browser.find("#view-matches")


def accept(browser, ada, bea):
    browser.open("/match#requests", f'#incoming [data-login="{ada.login}"]')
    browser.sees("A game on Monday?")
    browser.click(f'#incoming [data-login="{ada.login}"] .button.primary')
    browser.sees("are teammates now.")
    browser.click('.views a[href="#teammates"]')
    browser.click(f'#mates [data-login="{ada.login}"] a.button')
    browser.at(f"/messages?to={ada.login}")
    browser.find("#thread textarea")


def talk(first, second, ada, bea):
    """What one says stands on the other's screen without a reload, once, and as nothing but text."""
    first.open(f"/messages?to={bea.login}", "#thread textarea")
    say(second, "Hello <b>Ada</b>! https://example.org")
    hears(first, "Hello <b>Ada</b>! https://example.org")
    assert not first.driver.find_elements("css selector", "#thread .said b, #thread .said a")
    say(first, "evil \u202egnp.exe")
    hears(second, "evil \ufffdgnp.exe")
    first.run("""
        const area = document.querySelector("#thread textarea");
        area.value = "Once";
        area.form.requestSubmit();
        area.form.requestSubmit();""")
    hears(second, "Once")
    first.driver.refresh()
    hears(first, "Once")
    conversation = direct(ada)
    messages = ada.call("GET", f"read-messages/{conversation['conversationId']}")["messages"]
    assert [each["body"][:4] for each in messages] == ["Hell", "evil", "Once"], messages
    second.until("the mark that all is read", lambda: direct(bea)["unread"] == 0)


def direct(person):
    """Somebody's one conversation that is not a community's."""
    [conversation] = [each for each in person.call("GET", "read-messages")["conversations"] if "with" in each]
    return conversation


def say(browser, text):
    browser.fill("#thread form", body=text)
    browser.submit("#thread form")


def hears(browser, text):
    browser.until(f"the message {text!r}", lambda: text in [
        each.text for each in browser.driver.find_elements("css selector", "#thread [data-seq] .said")])


def delete(first, second):
    """A message that its sender deletes is gone for both; one of the other's is hidden for oneself alone."""
    first.click('#thread [data-seq="3"] .more')
    first.click("dialog .danger")
    first.until("the question", lambda: "disappears for everybody" in first.text("dialog:last-of-type"))
    first.click("dialog:last-of-type .danger")
    for browser in [first, second]:
        hears(browser, "This message was deleted.")
    first.click('#thread [data-seq="1"] .more')
    first.click("dialog .actions .button:first-child")
    first.until("the message to go", lambda: not first.driver.find_elements("css selector", '#thread [data-seq="1"]'))
    assert second.driver.find_elements("css selector", '#thread [data-seq="1"]')


def part(first, second, ada, bea):
    """Whoever is blocked cannot write any more, and is told so kindly; the block stands in its list, and ends there."""
    first.click("#thread .thread-head .actions .button:last-child")
    first.click("dialog .danger")
    first.sees(f"{bea.login} is blocked.")
    say(second, "Are you there?")
    second.sees("You can write to teammates")
    second.find("#thread .failed .button")
    second.click("#thread .failed .button:last-child")
    second.until("the message to go", lambda: not second.driver.find_elements("css selector", "#thread .failed"))
    assert not sent(bea, ada)
    first.open("/match#blocks", f'#blocked [data-login="{bea.login}"]')
    first.click("#blocked button")
    first.find("#blocked .empty")


def sent(bea, ada):
    try:
        return bea.call("POST", "send-message", {"to": ada.login, "body": "?", "clientMessageId": str(uuid.uuid4())})
    except urllib.error.HTTPError as error:
        assert error.code == 403, error
        return None
