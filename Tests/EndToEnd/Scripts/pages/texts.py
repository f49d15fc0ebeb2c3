"""The dictionaries of both languages: the same keys, the same values named, and no key that is used but not there."""

import html.parser
import pathlib
import re

from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[4]
PAGES = ROOT / "Gateway/Pages"
EVENTS = ROOT / "Functions/Kit/Audit/AuditEvent.swift"
VERDICTS = ROOT / "Functions/Kit/Audit/AuditChain+Verification.swift"


def check(installation, scratch):
    with Browser(installation.url, scratch) as browser:
        browser.open("/legal")
        read = {file.name: dictionary(browser, file.name) for file in sorted((PAGES / "assets/texts").glob("*.js"))}
    parts = {name.split(".")[0] for name in read}
    faults = []
    for part in sorted(parts):
        english, french = (read.get(f"{part}.{language}.js", {}) for language in ["en", "fr"])
        faults += [f"{part}: {key} is in one language alone" for key in english.keys() ^ french.keys()]
        faults += [
            f"{part}: {key} names other values in the other language"
            for key in english.keys() & french.keys() if names(english[key]) != names(french[key])]
        faults += [
            f"{part}: {key} is the same sentence in both languages"
            for key in english.keys() & french.keys() if english[key] == french[key] and len(words(english[key])) > 2]
    known = {key: text for name, texts in read.items() if name.endswith(".en.js") for key, text in texts.items()}
    return faults + in_pages(known) + in_scripts(known) + in_trail(known) + in_french(read)


def in_french(read):
    """French puts a space before some signs and inside its quotation marks; no line may break there."""
    breaking = re.compile(r"\S [?!;:»%]|« ")
    return [
        f"{name}: {key} may break its line at a sign" for name, texts in read.items() if name.endswith(".fr.js")
        for key, text in texts.items() for each in (text.values() if isinstance(text, dict) else [text]) if breaking.search(each)]


def in_trail(known):
    """Every type of an audit event has a name, and can be chosen."""
    types = re.findall(r'case \w+ = "([\w-]+\.[\w-]+)"', EVENTS.read_text())
    chosen = (PAGES / "assets/scripts/pages/admin-audit.js").read_text()
    groups = re.findall(r'"?([\w-]+)"?: "([\w -]+)"', chosen)
    listed = {f"{what}.{end}" for what, ends in groups for end in ends.split()}
    return [f"no audit events are found in {EVENTS.name}"] * (not types) + [
        f"the audit event {each} has no name, or cannot be chosen"
        for each in types if f"event.{each}" not in known or each not in listed] + [
        f"the audit trail's fault {what!r} has no words"
        for what in re.findall(r'what: "([^"]+)"', VERDICTS.read_text()) if f"audit.fault.{what.replace(' ', '-')}" not in known]


def dictionary(browser, name):
    return browser.driver.execute_async_script(
        "import(`/assets/texts/${arguments[0]}`).then((file) => arguments[1](file.default), (error) => arguments[1]({}))",
        name)


def names(text):
    texts = text.values() if isinstance(text, dict) else [text]
    return {name for each in texts for name in re.findall(r"\{(\w+)\}", each)}


def words(text):
    texts = text.values() if isinstance(text, dict) else [text]
    return [word for each in texts for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", "", each))]


class Marked(html.parser.HTMLParser):
    """Collects the keys of a file, with the text that stands there."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.open = None

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "data-t":
                self.open = len(self.found)
                self.found.append([value, ""])
            elif name.startswith("data-t-") or name == "data-title":
                self.found.append([value, None])

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.found[self.open][1] += data


def in_pages(known):
    faults = []
    for file in sorted(PAGES.rglob("*.html")):
        marked = Marked()
        marked.feed(file.read_text())
        for key, text in marked.found:
            if key not in known:
                faults.append(f"{file.name}: {key} is in no dictionary")
            elif text and text != known[key]:
                faults.append(f"{file.name}: {key} stands there as {text!r}, in the dictionary as {known[key]!r}")
    return faults


def in_scripts(known):
    """Whatever looks like a key: a text whose first word is that of keys."""
    first = "|".join(sorted({key.split(".")[0] for key in known}))
    faults = []
    for file in sorted((PAGES / "assets/scripts").rglob("*.js")):
        used = re.findall(rf'"((?:{first})\.[\w.-]+)"', file.read_text())
        faults += [f"{file.name}: {key} is in no dictionary" for key in used if key not in known]
    return faults
