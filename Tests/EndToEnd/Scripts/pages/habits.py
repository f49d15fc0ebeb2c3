"""What players do besides: pictures, brakes, two tabs, a lost network, communities, notifications."""

import struct
import urllib.error
import urllib.request
import uuid
import zlib
from pathlib import Path

from browser import Browser
from players import GAME, PROFILE, choose, direct, hears, say


def habits(installation, scratch):
    ada, bea = teammates(installation)
    with Browser(installation.url, scratch) as browser:
        browser.log_in(ada)
        picture(browser, installation, ada, Path(browser.profile.name) / "picture.png")
        brake(browser, ada)
        tabs(browser, ada, bea)
        lose_network(browser, ada, bea)
        community(browser, bea)
        notices(browser, ada, bea)
        return [fault for fault in browser.faults() if "ERR_INTERNET_DISCONNECTED" not in fault]


def teammates(installation):
    ada, bea = installation.person(), installation.person()
    for person, name in [(ada, "Ada"), (bea, "Bea")]:
        person.call("PUT", "edit-profile", {**PROFILE, "displayName": name})
        person.call("PUT", f"browse-games/library/{GAME}", {"level": "expert"})
    request = ada.call("POST", "match/requests", {"to": bea.login})
    bea.call("POST", f"match/requests/{request['requestId']}/accept")
    return ada, bea


def picture(browser, installation, ada, file):
    """A picture of any shape is cut square before it is sent, and can be taken away again."""
    drawn = avatar(installation, ada)
    file.write_bytes(png(60, 20))
    browser.open("/profile", "#about .slot")
    browser.driver.find_element("css selector", "#picture").send_keys(str(file))
    browser.sees("Your picture is saved.")
    kept = avatar(installation, ada)
    assert struct.unpack(">II", kept[16:24]) == (256, 256) and kept != drawn
    browser.click("#avatar .actions button:last-child")
    browser.click("dialog .primary")
    browser.sees("Your picture is removed.")
    assert avatar(installation, ada) == drawn


def avatar(installation, person):
    request = urllib.request.Request(f"{installation.url}/function/edit-profile/{person.login}/avatar")
    request.add_header("Authorization", f"Bearer {person.session['accessToken']}")
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()


def png(width, height):
    """A picture of one colour (ISO 15948)."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\xc0\x40\x20" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def brake(browser, ada):
    """A week that changed five times today waits, all else is saved, and both are said."""
    for hour in range(10, 16):
        if not change(ada, hour):
            break
    else:
        raise AssertionError("the week may change for ever")
    browser.open("/profile", "#about .slot")
    browser.click(".presets .button:last-child")
    choose(browser, "region", "asia")
    browser.submit("#profile")
    browser.sees("five times in 24 hours")
    browser.sees("All else is saved.")
    profile = ada.call("GET", "edit-profile")
    assert profile["region"] == "asia" and len(profile["availability"]) == 1, profile


def change(ada, hour):
    try:
        window = {"day": "friday", "from": f"{hour}:00", "to": "18:00"}
        return ada.call("PATCH", "edit-profile", {"availability": [window]})
    except urllib.error.HTTPError as error:
        assert error.code == 429, error
        return None


def tabs(browser, ada, bea):
    """A new tab gets its login from the first, however slow that is; two tabs read one stream, and both hear."""
    first = browser.driver.current_window_handle
    browser.open(f"/messages?to={bea.login}", "#thread textarea")
    browser.run("""
        const post = BroadcastChannel.prototype.postMessage;
        BroadcastChannel.prototype.postMessage = function (news) { setTimeout(() => post.call(this, news), 1000); };""")
    browser.new_tab(f"/messages?to={bea.login}", "#thread textarea")
    browser.until("one reader and one that waits", lambda: browser.driver.execute_async_script("""
        const readers = (locks) => locks.filter(({name}) => name.startsWith("news-")).length;
        navigator.locks.query().then(({held, pending}) => arguments[0](readers(held) === 1 && readers(pending) === 1))"""))
    write(bea, ada, "To both tabs")
    hears(browser, "To both tabs")
    browser.driver.close()
    browser.driver.switch_to.window(first)
    hears(browser, "To both tabs")
    write(bea, ada, "To the one that is left")
    hears(browser, "To the one that is left")


def write(sender, to, text):
    sender.call("POST", "send-message", {"to": to.login, "body": text, "clientMessageId": str(uuid.uuid4())})


def lose_network(browser, ada, bea):
    """What is said without a network stands there as not sent yet, and goes out once when there is one again."""
    offline(browser, True)
    say(browser, "From a tunnel")
    browser.find("#thread .message:is(.sending, .failed)")
    offline(browser, False)
    hears(browser, "From a tunnel")
    conversation = direct(bea)
    messages = bea.call("GET", f"read-messages/{conversation['conversationId']}")["messages"]
    assert [each.get("body") for each in messages].count("From a tunnel") == 1, messages


def offline(browser, is_offline):
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})


def community(browser, bea):
    """Everybody who plays a game can talk in its community, whose members stand in a list."""
    browser.open("/communities", f'a[href="/messages?community={GAME}"]')
    browser.click("#communities .actions button")
    browser.find("#communities .members .who")
    browser.click(f'a[href="/messages?community={GAME}"]')
    browser.find("#thread textarea")
    text = f"To all, {uuid.uuid4()}"
    say(browser, text)
    hears(browser, text)
    found = [each for each in bea.call("GET", "read-messages")["conversations"] if "community" in each]
    assert found[0]["lastMessage"]["body"] == text, found


def notices(browser, ada, bea):
    """What happened elsewhere is counted in the header as it happens, and no more once it is read."""
    browser.open("/notifications", "#notifications li")
    browser.sees("accepted to play with you.")
    browser.click("#all button")
    browser.sees("All is read.")
    badge = '[data-badge="notifications"]'
    browser.until("no count", lambda: not browser.driver.find_element("css selector", badge).is_displayed())
    write(bea, ada, "While you look elsewhere")
    browser.find(badge)
    browser.until("the notification", lambda: browser.run(
        "return document.querySelectorAll('#notifications .unread').length") == 1)
    browser.click("#notifications .unread a")
    hears(browser, "While you look elsewhere")
    browser.until("no count", lambda: not browser.driver.find_element("css selector", badge).is_displayed())
