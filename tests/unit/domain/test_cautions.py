"""What an editor is warned of, and that no draft, however odd, breaks the warning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_byline, a_content, a_post_id, a_sketch
from dateline.domain.blocks import Quote
from dateline.domain.briefing import Briefing, Participant
from dateline.domain.cautions import cautions, known_names
from dateline.domain.posts import Post
from dateline.domain.sketch import Sketch
from dateline.domain.spelling import name_parts, unlike

NAMES = name_parts(["Jens Stoltenberg", "Ursula von der Leyen", "Zoë Lindqvist"])


def told(sketch: Sketch) -> list[tuple[str, str]]:
    return [(one.kind, one.pointer) for one in cautions(sketch, NAMES)]


def test_what_is_missing() -> None:
    """Credit and alt text of each picture, the source of a quotation; where it stands."""
    picture = {"media": "a.webp", "caption": "The hall", "credit": " ", "alt": "A hall"}
    blocks = (
        {"type": "image", "media": "a.webp", "credit": "T. Maes"},
        {"type": "gallery", "images": [{**picture, "credit": "T."}, picture]},
        {"type": "quote", "text": "No.", "speaker": "A minister"},
        {"type": "quote", "text": "No.", "speaker": "A minister", "source": {"name": "NATO"}},
    )
    assert told(Sketch(blocks)) == [
        ("alt", "/blocks/0/alt"),
        ("credit", "/blocks/1/images/1/credit"),
        ("source", "/blocks/2/source"),
    ]


@pytest.mark.parametrize(
    "word", ["Stoltenburg", "Soltenberg", "Stoltennberg", "Stotlenberg", "Lindquist", "Leyden"]
)
def test_a_name_spelled_otherwise(word: str) -> None:
    """One letter other, less, more or swapped is named, with how it was before."""
    found = cautions(a_sketch(f"Then <b>{word}</b> spoke."), NAMES)
    assert [one.kind for one in found] == ["spelling"]
    assert word in found[0].detail
    assert found[0].found == word
    assert found[0].known in NAMES


@pytest.mark.parametrize("text", ["Stoltenberg’s", "the Stoltenbergs", "stoltenburg", "Berlin"])
def test_what_is_no_mistake(text: str) -> None:
    """The genitive, the plural, small letters and other names are let be."""
    assert told(a_sketch(text)) == []


def test_the_names_of_a_coverage() -> None:
    """Those of the briefing, of bylines and of who was quoted."""
    content = a_content(byline=(a_byline(name="Anton Meier"),))
    blocks = (Quote("No.", "Petra Novakova"),)
    post = Post(a_post_id(), 1, 1, 1, "published", NOW, NOW, content)
    quoted = Post(a_post_id(2), 2, 2, 1, "published", NOW, NOW, a_content(blocks=blocks))
    names = known_names(Briefing(people=(Participant("Ursula Lind"),)), [post, quoted])
    assert {"Ursula", "Anton", "Meier", "Petra", "Novakova"} <= names


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=9,
)
fields = st.sampled_from(["html", "items", "images", "credit", "text", "source", "speaker"])
kinds = st.sampled_from(["image", "gallery", "quote", "list", "paragraph"]) | anything


@given(st.dictionaries(fields, anything), kinds)
def test_whatever_a_draft_says(block: dict[str, object], kind: object) -> None:
    """An unfinished block is never an error."""
    cautions(Sketch(({**block, "type": kind},)), NAMES)


def test_a_long_text_is_no_burden() -> None:
    """Of endless words only the first are looked at."""
    words = " ".join(f"Word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x" for n in range(60_000))
    assert unlike([words], NAMES) == {}
