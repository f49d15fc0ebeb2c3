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
from selenium.common.exceptions import JavascriptException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

PATIENCE = 60
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
    "--disable-background-networking", "--no-first-run", "--disable-component-update",
]


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
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(PATIENCE)
        self.width(1280)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            if error is not None:
                print(f"the page was {self.driver.current_url} and said: {self.text('body')[:1500]}")
        except WebDriverException:
            pass
        try:
            self.driver.quit()
        finally:
            self.profile.cleanup()

    # Going about

    def open(self, path, ready="body > footer a"):
        self.driver.get(self.url + path)
        return self.find(ready)

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
        while time.monotonic() < end:
            try:
                found = condition()
                if found:
                    return found
            except (StaleElementReferenceException, JavascriptException):
                pass
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}")

    def find(self, css):
        """The first element that matches and can be seen."""
        return self.until(css, lambda: next(
            (each for each in self.driver.find_elements(By.CSS_SELECTOR, css) if each.is_displayed()), None))

    def text(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css).text

    def sees(self, text):
        self.until(f"the words {text!r}", lambda: text in self.text("body"))

    def at(self, path):
        self.until(f"the page {path}", lambda: self.path == path)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.url)

    # Doing

    def fill(self, form, **fields):
        """Fills fields in by the contract's names."""
        for name, value in fields.items():
            field = self.find(f'{form} [name="{name}"]')
            field.clear()
            field.send_keys(value)

    def click(self, css):
        """Clicks as a finger does: the middle of the element, scrolled to."""
        element = self.find(css)
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def submit(self, form):
        self.click(f'{form} [type="submit"]')

    def new_tab(self, path, ready):
        self.driver.switch_to.new_window("tab")
        return self.open(path, ready)

    # Looking

    def scan(self, css):
        """What the QR code shown there says, to a program that sees only the screen."""
        element = self.find(css)
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        self.until("the picture", lambda: self.run("return arguments[0].complete && arguments[0].naturalWidth > 0", element))
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
        told = self.driver.get_log("browser")
        return [
            each["message"] for each in told
            if each["level"] in ("SEVERE", "WARNING") and not (
                each["source"] == "network" and re.search(r"status of (4\d\d|503)", each["message"]))]

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
