"""Every page in both languages, both themes and three widths: nothing that shuts somebody out, nothing broken."""

import modules
from browser import Browser
from table import PAGES

WIDTHS = [360, 768, 1280]
SKIP = {"en": "Skip to the content", "fr": "Aller au contenu"}
BUDGET_BYTES = 80_000
BUDGET_REQUESTS = 30

STRUCTURE = """
    const faults = [];
    const count = (css) => [...document.querySelectorAll(css)].filter((each) => each.checkVisibility()).length;
    for (const css of ["main", "h1", "body > header", "body > footer"]) {
        if (count(css) !== 1) faults.push(`${count(css)} of ${css}`);
    }
    for (const form of document.forms) {
        const submits = form.querySelectorAll('[type="submit"], button:not([type])').length;
        if (submits !== 1) faults.push(`${submits} submit buttons in ${form.outerHTML.slice(0, 80)}`);
        if (form.method !== "post") faults.push(`a form that is not method=post`);
    }
    for (const each of document.querySelectorAll("[data-t]")) {
        if (each.textContent === each.dataset.t || each.textContent === "") faults.push(`no text for ${each.dataset.t}`);
    }
    const said = document.body.innerText.replace(/\\/function\\/\\S+/g, "");  // an address may name {login}
    for (const words of ["urn:passerelle", "undefined", "[object", "NaN", "{count}", "{login}", "Invalid Date"]) {
        if (said.includes(words)) faults.push(`it says ${words}`);
    }
    if (/^(null|undefined|true|false)$/m.test(said)) faults.push("it says what is no word");
    if (/·\\s*$/m.test(said)) faults.push("a line ends with a sign that should part two things");
    const end = document.querySelector("body > footer").getBoundingClientRect().bottom + scrollY;
    if (document.documentElement.scrollHeight > Math.max(end, innerHeight) + 1) faults.push("it goes on below its footer");
    if (document.documentElement.lang !== arguments[0]) faults.push(`the language is ${document.documentElement.lang}`);
    if (!document.title.endsWith("· Passerelle")) faults.push(`the title is ${document.title}`);
    return faults;"""

LINES = """
    const ways = [...document.querySelectorAll(".sections li, .views a")].filter((each) => each.checkVisibility());
    return new Set(ways.map((each) => Math.round(each.getBoundingClientRect().top))).size;"""


def look(installation, scratch, admin_token):
    """Gives one line for each fault of each page."""
    people = {"player": installation.person()}
    if any(page.who == "admin" for page in PAGES):
        people["admin"] = installation.claimant(admin_token)
    with Browser(installation.url, scratch) as browser:
        return [fault for who in ["nobody", "player", "admin"] for fault in look_as(who, people, browser)]


def look_as(who, people, browser):
    pages = [page for page in PAGES if page.who == who]
    if who != "nobody" and pages:
        browser.log_in(people[who])
    for page in pages:
        browser.run("localStorage.clear()")
        try:
            browser.open(page.path, page.ready)
        except AssertionError as error:
            yield f"{page.path} ({who}): {error}; it says {browser.text('main')[:300]!r}"
            continue
        for language in SKIP:
            for fault in look_at(browser, language):
                yield f"{page.path} ({who}, {language}): {fault}"
    browser.log_out()


def look_at(browser, language):
    """Switches the language where the page stands, and looks."""
    browser.click(f'.language[lang="{language}"]')
    browser.until("the language", lambda: browser.run("return document.documentElement.lang") == language)
    browser.until("its texts", lambda: browser.run(
        "return document.querySelector('.skip').textContent") == SKIP[language])
    faults = list(browser.run(STRUCTURE, language))
    for width in WIDTHS:
        browser.width(width)
        across = browser.run("return document.documentElement.scrollWidth")
        if across > width:
            faults.append(f"{across} px across at {width} px")
        if width >= 768 and browser.run(LINES) > 1:
            faults.append(f"the ways between its sections take more than one line at {width} px")
    for theme, rules in [("light", None), ("dark", ["color-contrast"])]:  # the others see no colours
        browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
        faults += [f"{theme}: {finding}" for finding in browser.axe(rules)]
    return faults + browser.faults()


def weigh(installation, scratch):
    """What a first visit of each page takes: bytes over the wire and requests of files; its calls come and go."""
    faults = modules.check()
    with Browser(installation.url, scratch) as browser:
        for who in ["nobody", "player"]:
            if who == "player":
                browser.log_in(installation.person())
            for page in PAGES:
                if page.who == who and "#" not in page.path:
                    faults += weigh_page(browser, page)
    return faults


def weigh_page(browser, page):
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.open(page.path, page.ready)
    size, count = browser.run("""
        const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .filter((each) => !new URL(each.name).pathname.startsWith("/function/"));
        return [all.reduce((sum, each) => sum + each.transferSize, 0), all.length];""")
    print(f"{page.path}: {size} bytes, {count} requests")
    if size > BUDGET_BYTES or count > BUDGET_REQUESTS:
        yield f"{page.path} ({page.who}): a first visit takes {size} bytes in {count} requests"
