"""What not everybody has: a mouse, a liking for motion, a clipboard, a line that brings every answer, a login that lasts."""

import base64
import re

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import Browser
from habits import teammates
from installation import new_login
from lapses import LOSE, ended_credentials, ended_login, lapsed_login, others_login
from players import direct, hears

FAR = 80  # the most Tab keys that lead from the beginning of a page to what is meant


def means(installation, scratch):
    with Browser(installation.url, scratch) as browser:
        ada, bea = teammates(installation)
        by_keys(browser, ada)
        without_motion(browser)
        copy(browser)
        browser.log_in(ada)
        lost_answer(browser, ada, bea)
        ended_login(browser, ada, bea)
        others_login(browser, ada, bea)
        lapsed_login(browser, bea, ada)
        ended_credentials(browser, installation)
        return browser.faults()


def by_keys(browser, person):
    """Log-in, the week and a dialog by Tab, arrows, Enter and Escape alone, and the focus is always seen."""
    browser.open("/login", "#login")
    for name, value in [("login", person.login), ("password", person.password), ("totp", person.phone.code())]:
        tab_to(browser, f'#login [name="{name}"]')
        type_keys(browser, value)
    type_keys(browser, Keys.ENTER)
    browser.find("body > header [data-t='nav.logOut']")
    week_by_keys(browser, person)
    dialog_by_keys(browser)


def week_by_keys(browser, person):
    browser.open("/profile", "#about .slot")
    browser.until("all lists", lambda: not browser.driver.find_elements("css selector", ".loading, [aria-busy=true]"))
    before = len(person.call("GET", "edit-profile")["availability"])
    tab_to(browser, ".slot")
    at = int(focused(browser, "return document.activeElement.dataset.at"))
    for _ in range(2):
        type_keys(browser, Keys.ARROW_DOWN)
    assert int(focused(browser, "return document.activeElement.dataset.at")) == at + 2 * 48
    type_keys(browser, Keys.SPACE)
    tab_to(browser, "#profile [type=submit]")
    type_keys(browser, Keys.ENTER)
    browser.sees("Your profile is saved.")
    assert len(person.call("GET", "edit-profile")["availability"]) == before + 1


def dialog_by_keys(browser):
    """A dialog keeps the keyboard while it is open, and gives it back to what opened it."""
    browser.open("/games", "#catalogue [data-game] button")
    tab_to(browser, "#catalogue [data-game] button")
    browser.run("window.opener = document.activeElement")
    type_keys(browser, Keys.ENTER)
    browser.find("dialog [type=submit]")
    for _ in range(20):
        type_keys(browser, Keys.TAB)
        assert browser.run("const at = document.activeElement; return at === document.body || at.closest('dialog') !== null")
    type_keys(browser, Keys.ESCAPE)
    browser.until("the dialog to go", lambda: not browser.driver.find_elements("css selector", "dialog"))
    assert browser.run("return document.activeElement === window.opener")


def tab_to(browser, css):
    """Goes on by Tab until the element has the keyboard; a ring is drawn around each on the way."""
    for _ in range(FAR):
        type_keys(browser, Keys.TAB)
        ring = focused(browser, "const style = getComputedStyle(document.activeElement); return [style.outlineStyle, style.outlineWidth]")
        assert ring[0] != "none" and ring[1] != "0px", (css, focused(browser, "return document.activeElement.outerHTML.slice(0, 200)"))
        if focused(browser, "return document.activeElement.matches(arguments[0])", css):
            return
    raise AssertionError(f"no way by Tab to {css}")


def focused(browser, script, *arguments):
    return browser.run(script, *arguments)


def type_keys(browser, keys):
    ActionChains(browser.driver, duration=0).send_keys(keys).perform()


MOVING = """
    return [...document.querySelectorAll("*")].flatMap((each) => [null, "::before", "::after"].map((part) => getComputedStyle(each, part)))
        .filter(({animationName, animationDuration, transitionDuration, scrollBehavior}) => scrollBehavior === "smooth"
            || (animationName !== "none" && parseFloat(animationDuration) > 0.001)
            || transitionDuration.split(", ").some((each) => parseFloat(each) > 0.001)).length;"""


def without_motion(browser):
    """Whoever asks the system for less motion sees none: nothing breathes, turns or slides."""
    browser.open("/account", "#sessions li")
    browser.run("""
        for (const css of ["loading bone", "toast"]) document.body.append(Object.assign(document.createElement("div"), {className: css}));
        document.querySelector("main button").setAttribute("aria-busy", "true");""")
    assert browser.run(MOVING) >= 3, "nothing moves that could stand still"
    media(browser, [{"name": "prefers-reduced-motion", "value": "reduce"}])
    assert browser.run(MOVING) == 0, "something moves"
    media(browser, [])


def media(browser, features):
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def copy(browser):
    """Each secret is copied by its own button; where the browser does not allow it, the page says what to do."""
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", {
        "origin": browser.url, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    browser.log_out()
    browser.open("/register", "#register")
    browser.fill("#register", login=new_login())
    browser.submit("#register")
    browser.sees("These are shown once")
    codes = "\n".join(each.text.replace(" ", "") for each in browser.driver.find_elements("css selector", ".recovery li code"))
    for label, wanted in [("password", browser.text("#secret-password")), ("secret", browser.text("#secret-secret")), ("recovery", codes)]:
        browser.click(f'[data-t-aria-label="copy.{label}"]')
        browser.sees("Copied.")
        browser.until(f"the copy of the {label}", lambda: clipboard(browser) == wanted)
    browser.run("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    browser.click('[data-t-aria-label="copy.password"]')
    browser.sees("Select the text and copy it by hand.")
    assert sheets(browser) == 1
    leave(browser)


def sheets(browser):
    """How many sheets of paper (A4) the page takes."""
    printed = browser.driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"])))


def clipboard(browser):
    return browser.driver.execute_async_script("""
        window.focus();
        navigator.clipboard.readText().then(arguments[0], (problem) => arguments[0](String(problem)));""")


def leave(browser):
    """Leaves a page that asks whether it may be left."""
    browser.driver.get("about:blank")


def lost_answer(browser, ada, bea):
    """A message whose answer is lost is sent again under its key, by itself and by its button, and is there once."""
    for text, lost in [("Once, by itself", 1), ("Once, by hand", 4)]:
        browser.open(f"/messages?to={bea.login}", "#thread textarea")
        browser.run(LOSE, lost)
        browser.fill("#thread form", body=text)
        browser.submit("#thread form")
        if lost == 4:
            browser.click("#thread .failed .button")
        browser.until("the message to be sent", lambda: browser.run("return window.keys.length") > lost)
        hears(browser, text)
        browser.until("nothing on its way", lambda: not browser.driver.find_elements("css selector", "#thread .sending, #thread .failed"))
        assert len(set(browser.run("return window.keys"))) == 1
        conversation = direct(bea)
        messages = bea.call("GET", f"read-messages/{conversation['conversationId']}")["messages"]
        assert [each["body"] for each in messages].count(text) == 1, messages
