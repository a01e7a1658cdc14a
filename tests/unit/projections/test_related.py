"""What a coverage is about, in words that lead to others like it."""

from dateline.projections.related import telling_words


def test_names_and_numbers_tell() -> None:
    """Names and years count, once each; small words do not."""
    texts = ["Allies name China a challenge", "China in 2021, says NATO"]
    assert telling_words(texts) == ["Allies", "China", "2021", "NATO"]


def test_without_capitals_all_long_words_tell() -> None:
    """Where a script knows no capitals, every word of some length is taken."""
    assert telling_words(["قمة بروكسل اليوم", ""]) == ["بروكسل", "اليوم"]


def test_nothing_tells_nothing() -> None:
    """No words, nothing to look for; very many are cut."""
    assert telling_words(["", "a b c"]) == []
    assert len(telling_words([" ".join(f"Name{n}" for n in range(100))])) == 24
