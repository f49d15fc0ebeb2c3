"""The life of an account, as its owner sees it in a browser."""

import datetime
import email
import email.policy
import re
import urllib.parse

from aiosmtpd.controller import Controller

from browser import Browser
from installation import Phone, new_login


def life(installation, scratch):
    """Registers, logs in, expires and renews, and erases."""
    with Browser(installation.url, scratch) as browser:
        login = new_login()
        password, phone = register(browser, login)
        confirm(browser, password, phone)
        browser.sees(f"Welcome, {login}.")
        tabs_share(browser)
        log_in(browser, login, password, phone)
        expire(installation, login)
        password, phone = renew(browser, login, password, phone)
        confirm(browser, password, phone)
        erase(browser, installation, login, password, phone)
        return browser.faults()


def register(browser, login):
    browser.open("/")
    browser.click('#doors a[href="/register"]')
    browser.at("/register")
    browser.find("body > footer a")
    browser.submit("#register")
    browser.sees("This is needed.")
    browser.fill("#register", login=login)
    browser.run("const b = document.querySelector('#register [type=submit]'); b.click(); b.click();")
    return read_credentials(browser, login)


def read_credentials(browser, login):
    """The password and the phone, by the QR codes on the screen; the texts beside them must say the same."""
    browser.sees("These are shown once")
    password = browser.scan('img[data-t-alt="creds.passwordImage"]')
    assert password == browser.text("#secret-password"), password
    uri = urllib.parse.urlparse(browser.scan('img[data-t-alt="creds.appImage"]'))
    assert urllib.parse.unquote(uri.path) == f"/Passerelle:{login}", uri
    secret = urllib.parse.parse_qs(uri.query)["secret"][0]
    assert secret == browser.text("#secret-secret"), secret
    assert browser.run("return document.querySelectorAll('.recovery li').length") == 10
    return password, Phone(secret)


def confirm(browser, password, phone):
    browser.fill("#confirm", password="wrong" + password, totp="000000")
    browser.submit("#confirm")
    browser.sees("Login, password or code is not right.")
    browser.fill("#confirm", password=password, totp=phone.code())
    browser.submit("#confirm")
    browser.at("/account")
    browser.find("#sessions li")


def tabs_share(browser):
    """A second tab has the login too; when one logs out, neither shows anything of the account, not even by Back."""
    first = browser.driver.current_window_handle
    browser.new_tab("/account", "#sessions li")
    browser.click('body > footer a[href="/legal"]')
    browser.at("/legal")
    browser.click('body > header [data-t="nav.logOut"]')
    browser.at("/")
    browser.sees("You are logged out.")
    browser.driver.back()
    browser.at("/legal")
    browser.driver.back()
    browser.until("the login page instead of the account", lambda: browser.path.startswith("/login"))
    browser.driver.close()
    browser.driver.switch_to.window(first)
    browser.until("the login page in the first tab", lambda: browser.path.startswith("/login"))
    assert browser.run("return sessionStorage.getItem('session')") is None


def log_in(browser, login, password, phone):
    """Comes back to where it was asked for; a code may be pasted with a space in it."""
    browser.driver.get(browser.url + "/account")
    browser.until("the login", lambda: browser.path.startswith("/login"))
    code = phone.code()
    browser.fill("#login", login=login, password=password, totp=f"{code[:3]} {code[3:]}")
    browser.submit("#login")
    browser.at("/account")
    browser.find("#sessions li")


def expire(installation, login):
    yesterday = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    done = installation.database().accounts.update_one(
        {"login": login}, {"$set": {"credentials.expiresAt": yesterday}})
    assert done.modified_count == 1


def renew(browser, login, password, phone):
    """Whoever logs in with credentials that have ended is led to new ones, and nowhere else."""
    browser.run("sessionStorage.clear()")
    browser.open("/login", "#login")
    browser.fill("#login", login=login, password=password, totp=phone.code())
    browser.submit("#login")
    browser.at("/renew")
    browser.sees("Your credentials have ended.")
    browser.driver.refresh()
    browser.submit("#renew")
    new = read_credentials(browser, login)
    assert new[0] != password
    return new


def erase(browser, installation, login, password, phone):
    browser.click("#erase button")
    browser.fill("#erase-form", password=password, totp=phone.code())
    browser.submit("#erase-form")
    browser.at("/")
    browser.sees("Your account and its data are erased.")
    assert installation.database().accounts.find_one({"login": login}) is None


def handout(installation, scratch):
    """A link shows credentials once, when asked to, and is out of the address bar before that."""
    with Browser(installation.url, scratch) as browser:
        login = new_login()
        browser.open("/register", "#register")
        browser.fill("#register", login=login)
        browser.click('#register [value="link"]')
        browser.submit("#register")
        url = browser.scan('img[data-t-alt="handout.image"]')
        assert url == browser.text(".handout code"), url
        path = url.removeprefix(browser.url)
        for _ in range(2):
            browser.open("/legal")
            browser.open(path, "#claim")
            assert browser.path == "/claim", browser.path
        assert installation.database().handouts.count_documents({"claimedAt": {"$ne": None}, "accountId": account(
            installation, login)}) == 0, "looking at the page claimed it"
        with_ended_login(browser, installation, path)
        browser.driver.refresh()
        browser.submit("#claim")
        password, phone = read_credentials(browser, login)
        confirm(browser, password, phone)
        browser.run("sessionStorage.clear()")
        browser.open(path, "#claim")
        browser.submit("#claim")
        browser.sees("This link is no longer good")
        return browser.faults()


def with_ended_login(browser, installation, path):
    """A login that ended elsewhere is forgotten, and the page that needs none stays."""
    ended = installation.person()
    ended.call("DELETE", f"manage-account/sessions/{own_session(ended)}")
    browser.log_in(ended)
    browser.open(path, "#claim")
    browser.until("the end of the login", lambda: browser.run("return sessionStorage.getItem('session')") is None)
    browser.find('body > header a[href="/login"]')
    assert browser.path == "/claim", browser.path


def account(installation, login):
    return installation.database().accounts.find_one({"login": login})["_id"]


def throttle(installation, scratch):
    """Too many failures close the button and count down; refusals are told in the reader's own language."""
    with Browser(installation.url, scratch, language="fr") as browser:
        browser.open("/login", "#login")
        assert browser.run("return document.documentElement.lang") == "fr"
        browser.fill("#login", login=new_login(), password="x", totp="123456")
        for _ in range(6):
            browser.submit("#login")
            browser.until("the answer", lambda: browser.run("""
                const submit = document.querySelector("#login [type=submit]");
                return submit.getAttribute("aria-busy") === null && document.querySelector(".form-fault") !== null"""))
        browser.sees("Trop d’erreurs")
        browser.find(".countdown")
        assert browser.run("return document.querySelector('#login [type=submit]').disabled")
        browser.click('.language[lang="en"]')
        browser.sees("That was wrong too often")
        browser.open("/login", "#login")
        browser.sees("Code from your app")
        return browser.faults()


def trouble(installation, scratch):
    """A login that was ended elsewhere leads back after a new one; without a network the page says so and goes on."""
    with Browser(installation.url, scratch) as browser:
        person = installation.person()
        browser.log_in(person)
        browser.open("/account", "#sessions li")
        network(browser, offline=True)
        browser.click("#export button")
        browser.sees("There is no connection.")
        network(browser, offline=False)
        person.call("DELETE", f"manage-account/sessions/{own_session(person)}")
        browser.driver.get(browser.url + "/account")  # whichever call of the page is the first to be refused
        browser.sees("Your session has ended.")
        browser.fill("#login", login=person.login, password=person.password, totp=person.phone.code())
        browser.submit("#login")
        browser.at("/account")
        browser.find("#sessions li")
        elsewhere(browser)
        slow_line(browser)
        wanted = ["ERR_INTERNET_DISCONNECTED", "ERR_BLOCKED_BY_CLIENT"]
        return [fault for fault in browser.faults() if not any(each in fault for each in wanted)]


def network(browser, offline=False, latency=0):
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": offline, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1})


def slow_line(browser):
    """What is typed and pressed before a page's script has begun counts; a script that does not come at all is told."""
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    network(browser, latency=1000)
    browser.driver.get(browser.url + "/login")
    browser.fill("#login", login="somebody", password="typed early")
    browser.click("#lost")
    network(browser)
    browser.find("form.recover")
    assert browser.run("return document.querySelector('#login [name=password]').value") == "typed early"
    blocked = ["*/assets/scripts/pages/login.js"]
    browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": blocked})
    browser.driver.get(browser.url + "/login")
    browser.sees("This page could not be loaded completely.")
    browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    browser.click("main .note a")
    browser.begun()


def own_session(person):
    return next(each["sid"] for each in person.call("GET", "manage-account")["sessions"] if each["current"])


def elsewhere(browser):
    """No address but one of these pages may be led to after a login."""
    led = browser.driver.execute_async_script("""
        const [given, done] = arguments;
        import("/assets/scripts/navigation.js").then(({isOwnPath}) => done(given.filter(isOwnPath)), String);""", [
        "//example.org/", "https://example.org/", "/\\example.org", "javascript:alert(1)", "/a//example.org", "", "/%2f/",
        "/\texample.org", "/account", "/match#requests", "/admin/accounts?status=locked"])
    assert led == ["/account", "/match#requests", "/admin/accounts?status=locked"], led


class Letters:
    """Takes the mail that is sent."""

    def __init__(self):
        self.texts = []

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.texts.append(letter.get_body().get_content())
        return "250 taken"


def recovery(installation, scratch, port):
    """A lost password: a link comes by mail, and asks for a code of the phone besides."""
    letters = Letters()
    post = Controller(letters, hostname="127.0.0.1", port=int(port))
    post.start()
    try:
        with Browser(installation.url, scratch) as browser:
            person = installation.person(email="alice@example.org")
            browser.open("/login", "#login")
            browser.click("#lost")
            browser.fill("form.recover", recover=person.login)
            browser.submit("form.recover")
            browser.sees("a link is on its way")
            browser.until("the letter", lambda: letters.texts)
            link = re.search(r"http\S+/claim#[\w-]{43}", letters.texts[0])[0]
            browser.open(link.removeprefix(browser.url), "#claim")
            browser.submit("#claim")
            browser.sees("This link also asks for a code")
            browser.fill("#claim", totp="000000")
            browser.submit("#claim")
            browser.sees("Login, password or code is not right.")
            browser.fill("#claim", totp=person.phone.code())
            browser.submit("#claim")
            password, phone = read_credentials(browser, person.login)
            assert password != person.password
            confirm(browser, password, phone)
            return browser.faults()
    finally:
        post.stop()
