"""Tells one story of the pages in a real browser: run.py STORY URL DATA SCRATCH [ADMIN-TOKEN or PORT-FOR-MAIL].

Every fault is a line on standard output, and the status is then 1. Browsers end with this process, however it ends.
"""

import ctypes
import pathlib
import signal
import sys
import time
import traceback

import accounts
import admins
import batches
import habits
import look
import means
import outage
import oversight
import owner
import players
import seldom
import texts
import upkeep
from installation import Installation

PR_SET_PDEATHSIG = 1
HERE = pathlib.Path(__file__).resolve().parent

STORIES = {
    "life": lambda here, scratch, _: accounts.life(here, scratch),
    "handout": lambda here, scratch, _: accounts.handout(here, scratch),
    "throttle": lambda here, scratch, _: accounts.throttle(here, scratch),
    "trouble": lambda here, scratch, _: accounts.trouble(here, scratch),
    "recovery": accounts.recovery,
    "play": lambda here, scratch, _: players.play(here, scratch),
    "habits": lambda here, scratch, _: habits.habits(here, scratch),
    "seldom": lambda here, scratch, _: seldom.seldom(here, scratch),
    "means": lambda here, scratch, _: means.means(here, scratch),
    "administer": admins.administer,
    "batches": batches.batches,
    "oversee": oversight.oversee,
    "owner": lambda here, scratch, _: owner.owner(here, scratch),
    "upkeep": upkeep.upkeep,
    "contract": lambda here, scratch, _: admins.contract(here, scratch),
    "outage": outage.outage,
    "look": look.look,
    "texts": lambda here, scratch, _: texts.check(here, scratch),
    "weight": lambda here, scratch, _: look.weigh(here, scratch),
}


def end(number, frame):
    raise SystemExit(f"ended by signal {number}")


def place(error):
    """The lines of the stories that led there, the innermost first."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if pathlib.Path(step.filename).parent == HERE]
    return " < ".join(f"{pathlib.Path(step.filename).name}:{step.lineno} {step.name}" for step in reversed(ours))


def main():
    begun = time.monotonic()
    story, url, data, scratch = sys.argv[1:5]
    signal.signal(signal.SIGTERM, end)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        faults = STORIES[story](Installation(url, data), scratch, sys.argv[5] if len(sys.argv) > 5 else None)
    except Exception as error:
        faults = [f"{story} did not come to its end: after {time.monotonic() - begun:.0f} s, at {place(error)}: {error!r}"]
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
