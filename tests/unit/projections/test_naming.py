"""Topics are found in what posts say: names where there are capitals, else what is rare."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.projections.naming import Naming
from dateline.projections.vocabulary import Vocabulary


def found(posts: list[str], archive: Vocabulary | None = None) -> dict[str, list[int]]:
    naming = Naming(archive or Vocabulary())
    for order, plain in enumerate(posts, 1):
        naming.put(order, plain)
    return {one.name: one.orders for one in naming.found()}


def an_archive(**counts: int) -> Vocabulary:
    made = Vocabulary()
    made.put(10_000, counts)
    return made


def test_names_inside_of_sentences() -> None:
    """A capital at the begin of a sentence names nobody; numbers and small words are no topics."""
    topics = found(
        [
            "Today the president met Mr Okafor. Talks went on until 2021.",
            "Today nothing. Then Okafor spoke of 2021; talks end today.",
            "Asked about talks, Okafor left.",
        ]
    )
    assert topics == {"Okafor": [1, 2, 3]}


def test_one_person_is_one_topic() -> None:
    """The name in full leads to the posts with the family name alone as well."""
    topics = found(
        [
            "The president, Joe Biden, landed in Geneva.",
            "We asked whether Biden would speak.",
            "In the villa Joe Biden met his host; Biden’s car waited in Geneva.",
            "They say Biden left.",
        ]
    )
    assert topics == {"Joe Biden": [1, 2, 3, 4], "Geneva": [1, 3]}


def test_a_place_is_not_what_it_is_part_of() -> None:
    """What stands mostly alone keeps its own name."""
    posts = [f"It rained in Geneva on day {n}." for n in range(12)]
    posts += ["He cited the Geneva Convention.", "Of the Geneva Convention he said more."]
    assert list(found(posts)) == ["Geneva"]


def test_a_number_may_belong_to_a_name() -> None:
    """Not by itself, but where it stands with the name: one article is not another."""
    topics = found(
        [
            "The allies hold that Article 5 covers cyber.",
            "In 2021 they had 5 ships; now Article 5 is said to hold.",
            "By then, Article 5 was invoked once, in 2001.",
        ]
    )
    assert topics == {"Article 5": [1, 2, 3]}


def test_days_and_months_are_no_topic() -> None:
    """Whatever capitals a language gives them; a name that one of them is part of is."""
    topics = found(
        [
            "They met on Monday and again in April, with Theresa May.",
            "It was the last Monday in April; all eyes were on Theresa May.",
        ]
    )
    assert topics == {"Theresa May": [1, 2]}
    assert found(
        [
            "Sie sagten, dass am Montag noch Okafor komme.",
            "Es heißt, Okafor sei am Montag doch nicht da gewesen.",
        ]
    ) == {"Okafor": [1, 2]}


def test_spanish() -> None:
    """No list of words belongs to a language: names with their particles are found in any."""
    topics = found(
        [
            "Según el Gobierno, la Universidad de Zaragoza abrirá el lunes.",
            "El rector de la Universidad de Zaragoza pidió calma al Gobierno.",
            "Ayer el Gobierno respondió que la Universidad de Zaragoza decide.",
        ]
    )
    assert topics == {"Gobierno": [1, 2, 3], "Universidad de Zaragoza": [1, 2, 3]}


def test_headlines_in_capitals_name_nobody() -> None:
    """Where nearly all words have a capital, it says nothing."""
    posts = ["Leaders Leave Early After Long Night", "Leaders Leave Again After Dinner"]
    assert found([f"{post}\nWhat the leaders want: to leave after dinner." for post in posts]) == {}


def test_without_capitals_the_archive_tells() -> None:
    """What is said there every day is no topic here; without an archive nothing is found."""
    posts = [f"the minister said day {n} of the flood at manor park" for n in range(4)]
    archive = an_archive(the=9_000, minister=900, said=6_000, day=2_500, flood=40, manor=9, park=60)
    assert found(posts) == {}
    topics = found(posts, archive)
    assert topics["manor park"] == [1, 2, 3, 4]
    assert "flood" in topics
    assert not {"the", "said", "day"} & set(topics)


def test_without_capitals_a_little_more_is_not_enough() -> None:
    """Some times as frequent here as elsewhere makes no topic, but may be part of one's name."""
    posts = [f"about manor park they want answers, on day {n}" for n in range(4)]
    archive = an_archive(
        want=1_900, about=4_000, day=2_500, they=5_000, answers=1_100, on=9_000, manor=9, park=1_200
    )
    topics = found(posts, archive)
    assert "manor park" in topics
    assert not {"want", "answers", "day", "park"} & set(topics)


def test_what_every_day_brings_stands_back() -> None:
    """Of two names as frequent here, the one that the archive rarely has comes first."""
    posts = ["For Reuters it is over, writes Okafor.", "But Reuters has no word of Okafor."]
    assert list(found(posts, an_archive(reuters=150))) == ["Okafor", "Reuters"]


def test_old_addresses_lead_on() -> None:
    """A topic that is found no more still leads to the posts with all of its words."""
    naming = Naming(Vocabulary())
    naming.put(3, "It was said that Joe Biden met Vladimir Putin.")
    assert naming.found() == []
    assert naming.orders("joe biden") == [3]
    assert naming.orders("Joe Putin Smith") == []
    assert naming.orders("of the") == []


_texts = st.lists(st.sampled_from(["so", "Ann", "Bob", "Ann Lee", ".", "went", "2021"]), max_size=9)
_puts = st.lists(st.tuples(st.integers(1, 5), st.none() | _texts.map(" ".join)), max_size=25)


@given(_puts)
def test_only_the_last_state_counts(puts: list[tuple[int, str | None]]) -> None:
    """However often posts changed, and whenever was looked, it is as if they had always been so."""
    naming, anew = Naming(Vocabulary()), Naming(Vocabulary())
    for order, plain in puts:
        naming.put(order, plain)
        naming.found()
    for order, plain in sorted(dict(puts).items()):
        anew.put(order, plain)
    assert naming.found() == anew.found()
    assert naming.orders("Ann") == anew.orders("Ann")
