"""The demo's script: well formed, complete, and true to what the product promises."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import dateline

DEMO = Path(dateline.__file__).parent / "demo"
SCRIPT = json.loads((DEMO / "script.json").read_text("utf-8"))
STEPS: list[dict[str, Any]] = SCRIPT["steps"]
SLUGS = {coverage["slug"] for coverage in SCRIPT["coverages"]}

# What each kind of step carries beside `do` and `coverage`; a question mark: may be missing.
KINDS = {
    "status": {"status"},
    "describe": {"title?", "summary?"},
    "brief": {"briefing"},
    "publish": {"name", "post"},
    "revise": {"name", "post"},
    "correct": {"name", "post", "correction"},
    "withdraw": {"name", "reason"},
    "pin": {"name"},
    "unpin": {"name"},
    "key": {"name"},
    "unkey": {"name"},
    "verification": {"name", "source", "verification"},
}
POST_FIELDS = {
    "headline", "blocks", "byline", "key", "pinned", "occurred_at", "sources", "topics",
}  # fmt: skip
BLOCKS = {"paragraph", "heading", "list", "quote", "image", "gallery", "link", "embed"}
SOURCE_KINDS = {"reporter", "wire", "official", "eyewitness", "social", "publication"}
VERIFICATIONS = {"unconfirmed", "confirmed", "wrong"}
INLINE = {"a", "strong", "em", "code", "sub", "sup", "br"}


def steps(*kinds: str) -> list[dict[str, Any]]:
    return [step for step in STEPS if step["do"] in kinds]


def posts() -> Iterator[dict[str, Any]]:
    """All posts, and the fields that revisions and corrections put in their place."""
    return (step["post"] for step in steps("publish", "revise", "correct"))


def blocks(kind: str) -> Iterator[dict[str, Any]]:
    return (block for post in posts() for block in post.get("blocks", ()) if block["type"] == kind)


def pictures() -> Iterator[dict[str, Any]]:
    yield from blocks("image")
    for gallery in blocks("gallery"):
        yield from gallery["images"]


def key_events() -> set[str]:
    """The handles that are key events when the script has ended."""
    marked = set()
    for step in STEPS:
        if step["do"] == "key" or (step["do"] == "publish" and step["post"].get("key")):
            marked.add(step["name"])
        elif step["do"] in {"unkey", "withdraw"}:
            marked.discard(step["name"])
    return marked


def test_two_coverages_are_opened() -> None:
    """The demo has two linked coverages, each with its own city's clock."""
    assert {"brussels-summit-2021", "geneva-summit-2021"} == SLUGS
    for coverage in SCRIPT["coverages"]:
        assert set(coverage) == {"slug", "title", "summary", "language", "timezone", "status"}
        assert (coverage["language"], coverage["status"]) == ("en", "scheduled")
        assert coverage["timezone"].startswith("Europe/")


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_step_has_a_known_form(number: int) -> None:
    """Every step is of a known kind and carries what this kind needs, nothing else."""
    step = STEPS[number]
    needed = {field for field in KINDS[step["do"]] if not field.endswith("?")}
    allowed = {field.rstrip("?") for field in KINDS[step["do"]]}
    given = set(step) - {"do", "coverage"}
    assert step["coverage"] in SLUGS
    assert needed <= given <= allowed
    assert given, "a step changes something"


def test_script_is_long_enough() -> None:
    """There is enough to look at: some 60 steps and some 45 posts, on both pages."""
    assert 55 <= len(STEPS) <= 65
    published = Counter(step["coverage"] for step in steps("publish"))
    assert 40 <= published.total() <= 45
    assert min(published.values()) >= 15


def test_every_kind_of_step_is_shown() -> None:
    """The demo shows each thing a newsroom can do at least once, and describes once."""
    done = Counter(step["do"] for step in STEPS)
    assert set(done) == set(KINDS)
    assert done["describe"] == 1


def test_handles_are_unique() -> None:
    """No two posts of the script share a handle."""
    names = [step["name"] for step in steps("publish")]
    assert len(names) == len(set(names))


def test_posts_are_published_before_they_change() -> None:
    """A step about a post follows its publication, in its coverage, and not its withdrawal."""
    standing: dict[str, str] = {}
    for step in STEPS:
        if step["do"] == "publish":
            standing[step["name"]] = step["coverage"]
        elif "name" in step:
            assert standing[step["name"]] == step["coverage"]
        if step["do"] == "withdraw":
            del standing[step["name"]]


def test_posts_are_in_order_of_time() -> None:
    """What happened earlier comes earlier, all of it in June 2021, in UTC."""
    times = [step["post"]["occurred_at"] for step in steps("publish")]
    assert all(time.startswith("2021-06-1") and time.endswith("Z") for time in times)
    moments = [datetime.fromisoformat(time) for time in times]
    assert moments == sorted(moments)


def test_coverages_are_live_while_posts_come_in_and_at_the_end() -> None:
    """Posts are published on live pages only, and both pages are live when the script ends."""
    status = {coverage["slug"]: coverage["status"] for coverage in SCRIPT["coverages"]}
    for step in STEPS:
        if step["do"] == "status":
            assert step["status"] in {"live", "paused", "ended"}
            assert step["status"] != status[step["coverage"]]
            status[step["coverage"]] = step["status"]
        if step["do"] == "publish":
            assert status[step["coverage"]] == "live"
    assert set(status.values()) == {"live"}


def test_posts_have_known_fields() -> None:
    """Posts have the API's fields and no others; a new post has blocks and a byline."""
    for post in posts():
        assert set(post) <= POST_FIELDS
    for step in steps("publish"):
        assert step["post"]["blocks"]
        assert step["post"]["byline"]
        for person in step["post"]["byline"]:
            assert set(person) == {"name", "organisation", "place"}


def test_some_bylines_join_several_places() -> None:
    """A byline can name people in different cities."""
    places = [{person["place"] for person in post.get("byline", ())} for post in posts()]
    assert any(len(cities) > 1 for cities in places)


def test_block_types_are_known_and_all_are_used() -> None:
    """Every type of block but the file is shown."""
    used = {block["type"] for post in posts() for block in post.get("blocks", ())}
    assert used == BLOCKS


def test_inline_html_keeps_to_the_subset() -> None:
    """Inline text uses only the tags that the sanitiser keeps, closed, and links with an href."""
    texts = [block["html"] for block in blocks("paragraph")]
    texts += [item for block in blocks("list") for item in block["items"]]
    for text in texts:
        opened = re.findall(r"<([a-z]+)", text)
        assert set(opened) <= INLINE
        assert Counter(opened) == Counter(re.findall(r"</([a-z]+)>", text))
        assert re.findall(r"<a [^>]*>", text) == re.findall(r'<a href="[^"]+">', text)


def test_the_coverages_link_to_each_other() -> None:
    """Each page links to the other, by path."""
    for step in steps("publish"):
        for target in re.findall(r'href=\\?"/live/([^"\\]+)', json.dumps(step["post"])):
            assert target in SLUGS - {step["coverage"]}
    linked = {
        (step["coverage"], slug)
        for step in steps("publish")
        for slug in SLUGS
        if f"/live/{slug}" in json.dumps(step["post"])
    }
    assert len(linked) == 2


def test_quotations_say_whose_they_are() -> None:
    """A quotation has words and a speaker, and a role or a source beside the name."""
    for quote in blocks("quote"):
        assert quote["text"].strip()
        assert quote["speaker"].strip()
        assert "role" in quote or "source" in quote


def test_addresses_are_secure_web_addresses() -> None:
    """Links, and the sources of quotations and posts, have https addresses."""
    found = [block["url"] for kind in ("link", "embed") for block in blocks(kind)]
    found += [quote["source"].get("url") for quote in blocks("quote") if "source" in quote]
    found += [source.get("url") for post in posts() for source in post.get("sources", ())]
    for url in filter(None, found):
        assert url.startswith("https://")


def test_pictures_exist_and_are_small() -> None:
    """Every picture named is in the package, under 100 KB, and none lies there unused."""
    named = {picture["media"] for picture in pictures()}
    assert named == {path.name for path in (DEMO / "pictures").iterdir()}
    for name in named:
        assert (DEMO / "pictures" / name).stat().st_size < 100_000
    assert 6 <= len(named) <= 8


def test_pictures_have_caption_credit_and_alt() -> None:
    """A picture has a caption, a credit and an alternative text, all different, and its size."""
    for picture in pictures():
        words = [picture[field].strip() for field in ("caption", "credit", "alt")]
        assert all(words)
        assert len(set(words)) == 3
        assert picture["width"] > 0
        assert picture["height"] > 0


def test_key_events_have_short_headlines() -> None:
    """A key event has a headline that fits the rail."""
    headlines: dict[str, str] = {}
    for step in STEPS:
        if "headline" in step.get("post", {}):
            headlines[step["name"]] = step["post"]["headline"]
    for name in key_events():
        assert 0 < len(headlines[name]) <= 60
    assert 8 <= len(key_events()) <= 10


def test_sources_say_how_far_they_are_trusted() -> None:
    """Every source has a kind and a verification: left out, it would count as unconfirmed."""
    for post in posts():
        for source in post.get("sources", ()):
            assert source["kind"] in SOURCE_KINDS
            assert source["verification"] in VERIFICATIONS


def test_what_was_unconfirmed_is_confirmed() -> None:
    """Every source published as unconfirmed is settled by a later step."""
    open_: set[tuple[str, int]] = set()
    for step in STEPS:
        if step["do"] == "publish":
            for number, source in enumerate(step["post"].get("sources", ())):
                if source["verification"] == "unconfirmed":
                    open_.add((step["name"], number))
        if step["do"] == "verification":
            assert step["verification"] in VERIFICATIONS
            open_.remove((step["name"], step["source"]))
    assert not open_


def test_changes_change_something() -> None:
    """A revision or a correction differs from what stands, and readers are told why."""
    standing: dict[str, dict[str, Any]] = {}
    for step in STEPS:
        if step["do"] == "publish":
            standing[step["name"]] = step["post"]
        if step["do"] in {"revise", "correct"}:
            changed = {**standing[step["name"]], **step["post"]}
            assert changed != standing[step["name"]]
            standing[step["name"]] = changed
    for step in steps("correct"):
        assert step["correction"].strip()
    for step in steps("withdraw"):
        assert step["reason"].strip()


def test_marks_change_something() -> None:
    """Pins and key-event marks are set where they are not, and taken off where they are."""
    pinned = {step["name"] for step in steps("publish") if step["post"].get("pinned")}
    key = {step["name"] for step in steps("publish") if step["post"].get("key")}
    for step in steps("pin", "unpin", "key", "unkey"):
        marked = pinned if step["do"].endswith("pin") else key
        assert (step["name"] in marked) == step["do"].startswith("un")
        (marked.remove if step["do"].startswith("un") else marked.add)(step["name"])


def test_words_are_set_in_type() -> None:
    """Apostrophes and quotation marks are the printer's, not the typewriter's."""
    # In running text a straight quotation mark may only stand round an attribute.
    for text in _words(SCRIPT):
        assert "'" not in text
        assert '"' not in re.sub(r'href="[^"]*"', "", text)
        assert text == text.strip()
        assert "  " not in text


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
