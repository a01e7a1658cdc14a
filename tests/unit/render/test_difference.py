"""The difference of two texts: what was said before and what is said now can be read from it."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.render.difference import MOST_WORDS, Line, difference

_words = st.sampled_from(["a", "b", "c", "the", "\n", "…"])
_texts = st.lists(_words, max_size=40).map(" ".join)


def told(lines: list[Line]) -> list[list[tuple[str, str]]]:
    return [[(piece.kind, piece.text) for piece in line] for line in lines]


def words(lines: list[Line], *kinds: str) -> list[str]:
    pieces = [piece for line in lines for piece in line if piece.kind in kinds]
    return [word for piece in pieces for word in piece.text.split()]


def test_words_change() -> None:
    """Only the words that changed are marked, removed before added."""
    assert told(difference("The cars came at nine.", "The cars came at ten.")) == [
        [("same", "The cars came at"), ("removed", "nine."), ("added", "ten.")]
    ]


def test_one_common_word_does_not_break_a_change() -> None:
    """A single word between two changes is told with them."""
    assert told(difference("x one and two y z", "x three and four y z")) == [
        [("same", "x"), ("removed", "one and two"), ("added", "three and four"), ("same", "y z")]
    ]


def test_what_stays_is_shortened() -> None:
    """Far from a change there is an ellipsis, not the whole text."""
    long = " ".join(f"w{n}" for n in range(100))
    (line,) = told(difference(f"{long} nine", f"{long} ten"))
    assert line[0] == ("gap", "…")
    assert line[1] == ("same", " ".join(f"w{n}" for n in range(90, 100)))


def test_a_paragraph_is_added() -> None:
    """A new paragraph is a line of its own, and those around it stay unmarked."""
    lines = told(difference("One.\nThree.", "One.\nTwo.\nThree."))
    assert lines == [[("same", "One.")], [("added", "Two.")], [("same", "Three.")]]


def test_what_stays_between_two_changes() -> None:
    """Two paragraphs stay two, though what stands between their changes is left out."""
    long = " ".join(["word"] * 30)
    lines = told(difference(f"nine {long}\n{long} nine", f"ten {long}\n{long} ten"))
    some = ("same", " ".join(["word"] * 10))
    assert lines == [
        [("removed", "nine"), ("added", "ten"), some, ("gap", "…")],
        [("gap", "…"), some, ("removed", "nine"), ("added", "ten")],
    ]


def test_nothing_changed() -> None:
    """Equal texts have no difference."""
    assert difference("One.\nTwo.", "One.\nTwo.") == []


def test_a_very_long_passage_is_replaced_as_a_whole() -> None:
    """Comparing never takes long, however much is written."""
    before, after = ("word " * MOST_WORDS).strip(), ("other " * MOST_WORDS).strip()
    assert [[kind for kind, _ in line] for line in told(difference(before, after))] == [
        ["removed"],
        ["added"],
    ]


@given(_texts, _texts)
def test_changes_are_complete(before: str, after: str) -> None:
    """What was removed stood in the old text, what was added stands in the new, in their order."""
    lines = difference(before, after)
    for text, kind in ((before, "removed"), (after, "added")):
        left = iter(text.split())
        assert all(word in left for word in words(lines, kind))
    same = words(lines, "same")
    if not words(lines, "gap"):
        assert sorted(words(lines, "added") + same) == sorted(after.split() if lines else [])
        assert sorted(words(lines, "removed") + same) == sorted(before.split() if lines else [])
