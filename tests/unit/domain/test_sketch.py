"""A sketch is kept as it is, is a post when it is finished, and does nobody harm meanwhile."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_post_id, a_sketch
from dateline.domain.errors import Invalid
from dateline.domain.sketch import MAX_DRAFT_BYTES, Sketch, check_size, finished, harmless, revised

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script><b onclick=x>Now</b>"


def test_finished_it_is_a_command() -> None:
    """Empty fields of a form are as if they were not there."""
    command = finished(a_sketch(headline=" ", language=""), a_post_id())
    assert (command.headline, command.language) == (None, None)
    assert finished(a_sketch(headline="Now", key=True), a_post_id()).key


@pytest.mark.parametrize(
    ("sketch", "pointer"),
    [
        (Sketch(), "/byline"),
        (a_sketch(blocks=()), "/blocks"),
        (a_sketch(blocks=({"type": "quote", "text": "No."},)), "/blocks/0/speaker"),
        (a_sketch(blocks=({"type": "song"},)), "/blocks/0"),
        (a_sketch(key=True), "/headline"),
        (a_sketch(occurred_at="at noon"), "/occurred_at"),
        (a_sketch(topics=("",)), "/topics/0"),
    ],
)
def test_where_it_is_no_post_yet(sketch: Sketch, pointer: str) -> None:
    """The pointer leads into the content."""
    with pytest.raises(Invalid) as caught:
        finished(sketch, a_post_id())
    assert caught.value.pointer.startswith(pointer)


def test_an_edit_says_all() -> None:
    """What the draft leaves empty is taken away from the post."""
    command = revised(a_sketch(), a_post_id(), "It was noon.")
    assert (command.headline, command.sources, command.topics) == (None, (), ())
    assert command.correction == "It was noon."


def test_a_bound_on_its_size() -> None:
    """As much as may be, and no byte more."""
    size = MAX_DRAFT_BYTES - 40
    check_size(Sketch(({"html": "x" * (size - 40)},)))
    with pytest.raises(Invalid, match="Split"):
        check_size(Sketch(({"html": "x" * MAX_DRAFT_BYTES},)))


def test_harmless_for_others() -> None:
    """What would run, or lead elsewhere than to the web, is not handed on; all else is."""
    link = {"type": "link", "url": "javascript:alert(1)", "title": "A & B <i>"}
    blocks = (
        {"type": "paragraph", "html": HOSTILE},
        {"type": "list", "items": [HOSTILE, "Two"]},
        link,
        {"type": "quote", "source": {"url": " data:text/html,x"}},
    )
    source = {"name": "N", "url": "https://news.example/"}
    shown = harmless(a_sketch(blocks=blocks, sources=(source,)))
    assert shown.blocks[0]["html"] == "<b>Now</b>"
    assert shown.blocks[1]["items"] == ["<b>Now</b>", "Two"]
    assert shown.blocks[2] == {**link, "url": ""}
    assert shown.blocks[3]["source"]["url"] == ""
    assert shown.sources == (source,)


@pytest.mark.parametrize(
    "html", ["Now ", 'See <a href="https://x.example/?a=1&amp;b">this</a>', "<em>No</em><br>Yes"]
)
def test_what_an_editor_writes_stays(html: str) -> None:
    """Letter by letter, so that two versions differ by what somebody changed, by nothing else."""
    assert harmless(a_sketch(html)) == a_sketch(html)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://x" onclick="y">x</a>',
        "<a href='https://x' onclick=y>x</a>",
        '<a href="https://x"onclick="y">x</a>',
        "<b/onclick=y>x</b>",
        "<svg onload=y>",
        "<em",
    ],
)
def test_what_no_editor_writes_is_cleaned(html: str) -> None:
    """Nothing that could run is taken for what an editor writes."""
    shown = harmless(a_sketch(html)).blocks[0]["html"]
    assert not {"onclick", "onload", "javascript:"} & set(re.findall(r"[a-z]+:?", shown))
    assert "<em" not in shown


@given(st.text(max_size=60))
def test_what_is_harmless_stays(text: str) -> None:
    """Twice is as once, so that saving what one was shown changes it no further."""
    once = harmless(a_sketch(text))
    assert harmless(once) == once
