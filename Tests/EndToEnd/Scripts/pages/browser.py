"""Debian's Chromium, driven by its own driver; it ends with its scope, whatever happens in between."""

import base64
import json
import pathlib
import re
import subprocess
import tempfile
import time

import axe_playwright_python
from selenium import webdriver
from selenium.common.exceptions import InvalidSessionIdException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

PATIENCE = 120
SCRIPTS = 300  # what runs in the page, such as axe on a large one
STARTS = 3
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
    "--disable-background-networking", "--no-first-run", "--disable-component-update",
    # No tab is put to sleep because another one is in front of it, or because the machine is busy.
    "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
]
# Keeps what a page says in passing, since a slow machine may look for it when it is gone.
LISTEN = """
    window.toldInPassing = [];
    new MutationObserver((changes) => {
        for (const each of changes.flatMap(({addedNodes}) => [...addedNodes])) {
            if (each.classList?.contains("toast")) window.toldInPassing.push(each.textContent);
        }
    }).observe(document, {childList: true, subtree: true});"""
# Where an element stands, and whether it can be pressed; null where it has gone.
PLACE = """
    const [element] = arguments;
    if (!element.isConnected) return null;
    const {x, y, width, height} = element.getBoundingClientRect();
    const isClosed = element.disabled || element.getAttribute("aria-busy") === "true";
    return {at: [x, y, width, height], isClosed: Boolean(isClosed)};"""


def started(options):
    """A driver with its browser; a busy machine may need more than one try."""
    for left in reversed(range(STARTS)):
        try:
            return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        except WebDriverException:
            if left == 0:
                raise
            time.sleep(2)


def is_fault(line):
    """Whether a line of the console is one: errors, and warnings of scripts or policies; not what only tells of time."""
    if line["source"] == "network":
        return line["level"] == "SEVERE" and not re.search(r"status of (4\d\d|503|504)|ERR_NETWORK_CHANGED", line["message"])
    return line["level"] == "SEVERE" or (
        line["level"] == "WARNING" and line["source"] in ("javascript", "console-api", "security"))


class Browser:
    """A browser with a profile of its own below `scratch`."""

    def __init__(self, url, scratch, language="en"):
        self.url = url
        self.profile = tempfile.TemporaryDirectory(dir=scratch, prefix="browser-", ignore_cleanup_errors=True)
        options = Options()
        for flag in [*FLAGS, f"--user-data-dir={self.profile.name}", f"--lang={language}"]:
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = started(options)
        self.driver.set_script_timeout(SCRIPTS)
        self.listen()
        self.width(1280)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            self.tell_state()
        try:
            self.driver.quit()
        finally:
            self.profile.cleanup()

    def tell_state(self):
        """Where a story stands that did not come to its end, in few lines."""
        try:
            words = " | ".join(self.text("body").split("\n"))
            print(f"The page was {self.driver.current_url} and said: {words[:1200]}")
            print("In passing it had said:", self.run("return window.toldInPassing"))
            print("It was", self.run(
                "return [document.readyState, document.visibilityState, document.hasFocus() ? 'with' : 'without']"), "keyboard")
            print("The console:", [each["message"][:300] for each in self.driver.get_log("browser")][-10:])
        except WebDriverException as gone:
            print("The browser does not answer:", gone.msg)

    # Going about

    def listen(self):
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})

    def open(self, path, ready="body > footer a"):
        """Opens a page and waits until its script has begun, and until `ready` can be seen."""
        if "#" in path:
            self.driver.get("about:blank")  # where the fragment alone differs nothing would be loaded
        self.driver.get(self.url + path)
        self.begun()
        return self.find(ready)

    def begun(self):
        self.until("the page's script", lambda: self.run("return 'begun' in document.documentElement.dataset"))

    def log_in(self, person):
        """Puts a login into the tab, as the login page does."""
        kept = {name: person.session[name] for name in ["accessToken", "expiresAt", "account", "credentials"]}
        self.open("/legal")
        self.run("sessionStorage.setItem('session', arguments[0])", json.dumps(kept))

    def log_out(self):
        self.open("/legal")
        self.run("sessionStorage.clear()")

    def width(self, width, height=900):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    # Finding

    def until(self, what, condition):
        """Waits until the condition gives something; a page that changes meanwhile does no harm."""
        end = time.monotonic() + PATIENCE
        last = None
        while time.monotonic() < end:
            try:
                found = condition()
                if found:
                    return found
                last = None
            except InvalidSessionIdException:
                raise
            except WebDriverException as error:
                last = error.msg
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}" + (f" ({last})" if last else ""))

    def find(self, css):
        """The first element that matches and can be seen."""
        return self.until(css, lambda: next(
            (each for each in self.driver.find_elements(By.CSS_SELECTOR, css) if each.is_displayed()), None))

    def text(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css).text

    def sees(self, text):
        """Waits for words that stand there, or that were said in passing."""
        self.until(f"the words {text!r}", lambda: text in self.text("body") or any(
            text in each for each in self.run("return window.toldInPassing ?? []")))

    def at(self, path):
        self.until(f"the page {path}", lambda: self.path == path)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.url)

    # Doing

    def fill(self, form, **fields):
        """Fills fields in by the contract's names."""
        for name, value in fields.items():
            self.until(f"the field {name}", lambda: self.type_into(f'{form} [name="{name}"]', value))

    def type_into(self, css, value):
        field = self.find(css)
        field.clear()
        field.send_keys(value)
        return True

    def click(self, css):
        """Clicks as a finger does, on what stands still: the middle of the element, scrolled to."""
        self.until(f"a click on {css}", lambda: self.press(self.find(css)))

    def press(self, element):
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        before = self.run(PLACE, element)
        time.sleep(0.05)
        now = self.run(PLACE, element)
        if now is None or now != before or now["isClosed"]:
            return False
        element.click()
        return True

    def submit(self, form):
        self.click(f'{form} [type="submit"]')

    def new_tab(self, path, ready):
        self.driver.switch_to.new_window("tab")
        self.listen()
        return self.open(path, ready)

    # Looking

    def scan(self, css):
        """What the QR code shown there says, to a program that sees only the screen."""
        return self.until(f"a code that can be read at {css}", lambda: self.scanned(self.find(css)))

    def scanned(self, element):
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        picture = pathlib.Path(self.profile.name) / "scanned.png"
        picture.write_bytes(element.screenshot_as_png)
        read = subprocess.run(
            ["zbarimg", "-q", "--raw", "--nodbus", str(picture)], capture_output=True, text=True, timeout=PATIENCE)
        return read.stdout.removesuffix("\n")

    def screenshot(self, file):
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        pathlib.Path(file).write_bytes(base64.b64decode(taken["data"]))

    def faults(self):
        """What the console complains of, without refusals of calls, which pages tell in their own words."""
        return [each["message"] for each in self.driver.get_log("browser") if is_fault(each)]

    def axe(self, rules=None):
        """Serious and critical findings of axe, each as a line; of all its rules, or of those named."""
        if not self.run("return 'axe' in window"):
            self.run(AXE + "; window.axe = axe;")
        found = self.driver.execute_async_script("""
            const [rules, done] = arguments;
            const options = {resultTypes: ["violations"], ...(rules ? {runOnly: rules} : {})};
            axe.run(document, options).then((result) => done(result.violations), (error) => done(String(error)));""", rules)
        if not isinstance(found, list):
            return [f"axe itself failed: {found}"]
        return [
            f"{each['impact']} {each['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
            for each in found if each["impact"] in ("serious", "critical") for node in each["nodes"]]
