"""Which modules a page needs, and that it says so itself: fetched together they come sooner than one after the other.

modules.py, called by itself, writes the lines into the pages.
"""

import pathlib
import re

PAGES = pathlib.Path(__file__).resolve().parents[4] / "Gateway/Pages"
IMPORT = re.compile(r'^(?:import|export) [^"]*?from "([^"]+)"|^import "([^"]+)"|startPage\(\{ texts: \[([^\]]*)\]', re.MULTILINE)
PRELOAD = re.compile(r'<link rel="modulepreload" href="([^"]+)">\n')
ENTRY = re.compile(r'<script type="module" src="([^"]+)"></script>')
TEXTS = re.compile(r'<script src="/assets/first.js"(?: data-texts="([^"]*)")?></script>')
ADMIN = "/assets/scripts/admin/start.js"


def needed(path, found):
    """The modules that one leads to, itself included, in the order in which they are first named."""
    if path not in found:
        found[path] = None
        folder = pathlib.PurePosixPath(path).parent
        for match in IMPORT.finditer((PAGES / path[1:]).read_text()):
            if target := match[1] or match[2]:
                needed("/" + str(pathlib.PurePosixPath(resolved(folder / target))).lstrip("/"), found)
    return found


def resolved(path):
    parts = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else parts + [part]
    return pathlib.PurePosixPath(*parts)


def texts(entry):
    """The parts of the dictionary that a page's script asks for."""
    script = (PAGES / entry[1:]).read_text()
    named = re.search(r"startPage\(\{ texts: \[([^\]]*)\]|startAdmin\(\[([^\]]*)\]", script)
    parts = re.findall(r'"([\w-]+)"', named[1] or named[2] or "")
    return ["common", *(["admin"] if named[2] is not None else []), *parts]


def wanted(page):
    entry = ENTRY.search(page)[1]
    modules = [each for each in needed(entry, {}) if each != entry]
    return entry, modules, texts(entry)


def check():
    """A line for each page that does not name what it needs."""
    faults = []
    for file in sorted(PAGES.rglob("*.html")):
        page = file.read_text()
        _, modules, parts = wanted(page)
        if set(PRELOAD.findall(page)) != set(modules):
            faults.append(f"{file.name} preloads other modules than its script needs: run modules.py")
        if (TEXTS.search(page)[1] or "").split() != parts:
            faults.append(f"{file.name} names other texts than its script asks for: run modules.py")
    return faults


def write():
    for file in sorted(PAGES.rglob("*.html")):
        page = file.read_text()
        entry, modules, parts = wanted(page)
        page = PRELOAD.sub("", page)
        page = TEXTS.sub(f'<script src="/assets/first.js" data-texts="{" ".join(parts)}"></script>', page)
        lines = "".join(f'<link rel="modulepreload" href="{each}">\n' for each in modules)
        file.write_text(ENTRY.sub(lambda match: lines + match[0], page))


if __name__ == "__main__":
    write()
