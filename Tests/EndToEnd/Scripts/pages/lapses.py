"""Logins and credentials that end while somebody is at work."""

import json

from accounts import expire, own_session
from habits import teammates, write
from installation import Phone
from players import direct, hears

LOSE = """
    const real = window.fetch;
    window.keys = [];
    let left = arguments[0];
    window.fetch = async (path, options) => {
        const answer = await real(path, options);
        if (options?.method !== "POST" || !String(path).endsWith("send-message")) return answer;
        window.keys.push(JSON.parse(options.body).clientMessageId);
        if ((left -= 1) >= 0) throw new TypeError("the answer was lost");
        return answer;
    };"""


def ended_login(browser, ada, bea):
    """Where the login ends while somebody writes, it is asked for there and then, and nothing that was typed is lost."""
    browser.open("/profile", "#about .slot")
    browser.until("all lists", lambda: not browser.driver.find_elements("css selector", ".loading, [aria-busy=true]"))
    browser.fill("#profile", bio="Typed before the end.")
    end(ada)
    browser.run("document.querySelector('#profile').requestSubmit()")  # whether or not something else was refused before
    browser.sees("Your session has ended. What you have entered is still here.")
    browser.click("dialog .dialog-close")
    browser.sees("You are not logged in any more.")
    browser.run("document.querySelector('#profile').requestSubmit()")
    prove(browser, ada)
    browser.sees("Your profile is saved.")
    share(browser, ada)
    assert bea.call("GET", f"edit-profile/{ada.login}")["bio"] == "Typed before the end."


def send(browser):
    """Sends what stands there, whether or not something else was refused before."""
    browser.run("document.querySelector('#thread form').requestSubmit()")


def share(browser, person):
    """Goes on with the login that the tab has by now."""
    person.session = json.loads(browser.run("return sessionStorage.getItem('session')"))


def end(person):
    person.call("DELETE", f"manage-account/sessions/{own_session(person)}")


LATER = """
    const Real = window.realDate = Date;
    window.Date = class extends Real {
        constructor(...given) { super(...(given.length > 0 ? given : [Real.now() + 8 * 86_400_000])); }
    };"""


def lapsed_login(browser, bea, ada):
    """What is sent after the login's seven days is seen not to have gone, and goes out once with the next login.

    Another tab, in which nobody is at work, goes to the login page and takes this one not along.
    """
    browser.open(f"/messages?to={ada.login}", "#thread textarea")
    browser.run(LOSE, 0)
    text = "After the seven days"
    browser.fill("#thread form", body=text)
    browser.run(LATER)
    end(bea)
    send(browser)
    browser.sees("Your session has ended. What you have entered is still here.")
    browser.find("#thread .failed")
    browser.click("dialog .dialog-close")
    browser.until("what did not go", lambda: text in browser.text("#thread .failed .said") and "Not sent." in browser.text("#thread .failed"))
    assert browser.text("#thread .failed .button") == "Log in and send again"
    browser.click("#thread .failed .button")
    browser.run("window.Date = window.realDate")
    prove(browser, bea)
    hears(browser, text)
    browser.until("nothing on its way", lambda: not browser.driver.find_elements("css selector", "#thread .sending, #thread .failed"))
    assert len(set(browser.run("return window.keys"))) == 1
    share(browser, bea)
    messages = bea.call("GET", f"read-messages/{direct(bea)['conversationId']}")["messages"]
    assert [each.get("body") for each in messages].count(text) == 1, messages
    write(ada, bea, "News goes on")
    hears(browser, "News goes on")


def others_login(browser, ada, bea):
    """Where somebody else logs in in another tab, no tab goes on showing what is not his."""
    browser.open("/account", "#sessions li")
    browser.until("one's own login", lambda: ada.login in browser.text("#overview"))
    first = browser.driver.current_window_handle
    browser.new_tab("/legal", "main h1")
    kept = {name: bea.session[name] for name in ["accessToken", "expiresAt", "account", "credentials"]}
    browser.run("import('/assets/scripts/session.js').then(({openSession}) => openSession(arguments[0]))", kept)
    browser.driver.switch_to.window(first)
    browser.until("the other's login", lambda: bea.login in browser.text("#overview") and ada.login not in browser.text("main"))


def prove(browser, person):
    browser.sees("Your session has ended. What you have entered is still here.")
    browser.fill("dialog form", password=person.password, totp=person.phone.code())
    browser.submit("dialog form")


def ended_credentials(browser, installation):
    """Where the credentials have ended with the login, the question leads to new ones; what did not go goes with them."""
    ada, bea = teammates(installation)
    browser.log_in(ada)
    browser.open(f"/messages?to={bea.login}", "#thread textarea")
    text = "With the old credentials"
    browser.fill("#thread form", body=text)
    end(ada)
    expire(installation, ada.login)
    send(browser)
    prove(browser, ada)
    browser.click('dialog a[href="/renew"]')
    browser.find("#renew")
    browser.submit("#renew")
    phone = Phone(browser.find("#secret-secret").text.replace(" ", ""))
    browser.fill("#confirm", password=browser.text("#secret-password"), totp=phone.code())
    browser.submit("#confirm")
    browser.at("/account")
    browser.open(f"/messages?to={bea.login}", "#thread textarea")
    hears(browser, text)
    share(browser, ada)
    messages = ada.call("GET", f"read-messages/{direct(ada)['conversationId']}")["messages"]
    assert [each.get("body") for each in messages].count(text) == 1, messages
