"""What the page says to whoever hears it, word by word: a change of it is meant, or a fault.

`DATELINE_RENEW=1 .venv/bin/pytest tests/browser/test_golden.py` writes the file anew.
"""

import os
import re
from pathlib import Path

import pytest

from dateline.demo.playing import copy_pictures
from integration.server import Server

from .conftest import Visit, writing_to
from .everything import changed, every_block
from .reading import expect_live

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parent / "golden/live.aria.yml"
RENEW = "DATELINE_RENEW"
MOMENTS = [
    (r"\d+ \w+ 20(?!21)\d\d", "TODAY"),
    (r"((?:Updated|Correction, TODAY,|withdrawn at)\n +- time: )\S+", r"\1NOW"),
    (r"Updated (just now|\d+ \w+ ago)", "AGO"),
]


def test_the_page_as_it_is_heard(visit: Visit, own_server: Server) -> None:
    """Landmarks, headings, names, order and words of a coverage in which everything happened."""
    # On a server of its own: other coverages would be related to it.
    copy_pictures(own_server.data / "media")
    with writing_to(own_server) as newsroom:
        coverage = newsroom.open("golden")
        every_block(coverage)
        changed(coverage)
    page = visit(at=own_server.address)
    page.goto(coverage.path)
    expect_live(page)
    heard = fixed(page.locator("body").aria_snapshot())
    if os.environ.get(RENEW):
        GOLDEN.write_text(heard)
    # Compared as lines: pytest shows where they differ.
    assert heard.splitlines() == GOLDEN.read_text().splitlines(), f"meant? {RENEW}=1 renews it"


def fixed(heard: str) -> str:
    """Without what is new in each run: ids in the order they stand there, and the time of day."""
    ids = dict.fromkeys(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", heard))
    for number, found in enumerate(ids, 1):
        heard = heard.replace(found, f"POST-{number}")
    for moment, instead in MOMENTS:
        heard = re.sub(moment, instead, heard)
    return heard + "\n"
