"""Where calls do not come through: every page says so in words, and goes on once they do."""

from browser import Browser
from table import PAGES

CALLS = ["/function/*", "/system/*", "/metrics"]


def outage(installation, scratch, admin_token):
    people = {"player": installation.person(), "admin": installation.claimant(admin_token)}
    with Browser(installation.url, scratch) as browser:
        for page in PAGES:
            if page.who in people and needs_calls(page):
                browser.log_in(people[page.who])
                fail_and_go_on(browser, page)
        return [fault for fault in browser.faults() if "ERR_BLOCKED_BY_CLIENT" not in fault]


def needs_calls(page):
    """Not those that begin without any: where one is refused, and forms."""
    return ".failure" not in page.ready and page.path not in ("/", "/renew", "/admin/master-key")


def fail_and_go_on(browser, page):
    block(browser, [browser.url + each for each in CALLS])
    browser.open(page.path, "main .failure")
    assert "There is no connection" in browser.text("main .failure"), (page.path, browser.text("main"))
    block(browser, [])
    browser.until(f"{page.path} to go on", lambda: is_shown(browser, page.ready) or again(browser))
    browser.find(page.ready)


def block(browser, addresses):
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": addresses})


def is_shown(browser, css):
    return any(each.is_displayed() for each in browser.driver.find_elements("css selector", css))


def again(browser):
    """Presses whatever offers another try; gives nothing, so that it is looked again."""
    for each in browser.driver.find_elements("css selector", "main .failure button"):
        browser.press(each)
