"""The public pages: Lighthouse's scores, and the largest paint on a processor that is slowed down to a quarter."""
import contextlib, json, os, tempfile, urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from . import processes

PAGES = ["/", "/register", "/login", "/renew", "/claim", "/docs", "/legal", "/privacy", "/terms"]
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
DRIVE = os.path.join(os.path.dirname(__file__), "lighthouse.js")
TRIES = 3
LARGEST_PAINT = """
    const done = arguments[0];
    new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
        .observe({type: "largest-contentful-paint", buffered: true});"""


def measure(report, seconds):
    with processes.installation() as (url, _):
        for page in PAGES:
            best = max((lighthouse(url + page) for _ in range(TRIES)), key=lambda scores: scores["performance"])
            for category, score in best.items():
                report.add(f"{page}, Lighthouse, {category}", score, "of 100", goal=95)
        with driven() as driver:
            driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": 4})
            for page in PAGES:
                driver.execute_cdp_cmd("Network.clearBrowserCache", {})
                driver.get(url + page)
                report.add(f"{page}, largest paint, a quarter of the processor",
                           driver.execute_async_script(LARGEST_PAINT), "ms", goal=1000, higher=False)


def lighthouse(address):
    """The scores by category, from the Lighthouse that Chromium's own DevTools bring."""
    port = processes.free_port()
    front = f"http://127.0.0.1:{port}/json/version"
    with tempfile.TemporaryDirectory() as profile, processes.running(
            ["chromium", *FLAGS, f"--user-data-dir={profile}", f"--remote-debugging-port={port}",
             "--remote-allow-origins=*", "about:blank"], front):
        socket = json.load(urllib.request.urlopen(front))["webSocketDebuggerUrl"]
        with driven() as driver:
            driver.get(front)
            with open(DRIVE) as script:
                result = driver.execute_async_script(script.read(), socket, address)
    if "error" in result:
        print(f"Lighthouse could not look at {address}: {result['error']}", flush=True)
        return {"performance": 0}
    return result["scores"]


@contextlib.contextmanager
def driven():
    options = Options()
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        driver.set_script_timeout(180)
        driver.set_page_load_timeout(60)
        yield driver
    finally:
        driver.quit()
