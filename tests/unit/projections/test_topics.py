"""Topics lead through the posts that stand, whatever was changed on the way."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import NOW, a_content, a_post_id
from dateline.domain.blocks import Image
from dateline.domain.chosen import ChosenTopics
from dateline.domain.posts import Post
from dateline.domain.topics import Choices, ChosenTopic
from dateline.projections.naming import Naming
from dateline.projections.topics import Topic, Topics
from dateline.projections.vocabulary import Vocabulary


def a_state(
    order: int, *topics: str, status: str = "published", headline: str = "Doors close"
) -> Post:
    return Post(
        id=a_post_id(order), order=order, seq=order, revision=1,
        status=status,  # type: ignore[arg-type]
        published_at=NOW, updated_at=NOW, content=a_content(topics=topics, headline=headline),
    )  # fmt: skip


def test_most_posts_come_first() -> None:
    """By count, then by what was in the news last; capitals make no other topic."""
    topics = Topics()
    for post in (a_state(1, "China"), a_state(2, "Cyber", "NATO"), a_state(3, "CHINA")):
        topics.put(post)
    assert topics.popular(2) == [Topic("China", 2), Topic("Cyber", 1)]


def test_newer_and_older() -> None:
    """From each post of a topic one gets to the next of it, to both sides, up to the ends."""
    topics = Topics()
    for order in (2, 5, 9):
        topics.put(a_state(order, "China"))
    assert topics.around("china", 2) == (5, None)
    assert topics.around("china", 5) == (9, 2)
    assert topics.around("china", 9) == (None, 5)
    assert topics.around("china", 6) == (9, 5)
    assert topics.around("nothing", 6) == (None, None)


def test_what_is_found_fills_up() -> None:
    """The desk's topics come first, and win where the same is found in the posts."""
    topics = Topics(Naming(Vocabulary()))
    topics.put(a_state(1, "The envoys", headline="For now the envoys trust Joe Biden"))
    topics.put(a_state(2, "Biden", headline="At noon, Joe Biden met Ruth Okafor"))
    topics.put(a_state(3, headline="After that, Ruth Okafor left"))
    assert topics.popular(3) == [Topic("Biden", 1), Topic("The envoys", 1), Topic("Ruth Okafor", 2)]
    assert topics.popular(2) == [Topic("Biden", 1), Topic("The envoys", 1)]
    assert topics.orders("biden") == [2]
    assert topics.around("ruth okafor", 2) == (3, None)


def test_who_made_the_pictures_is_no_topic() -> None:
    """What a caption tells counts, and whose picture it is does not."""
    topics = Topics(Naming(Vocabulary()))
    image = Image(
        media="hall.webp",
        caption="At noon the envoys met Ruth Okafor",
        credit="Picture: The Herald",
        alt="A hall",
    )
    for order in (1, 2, 3):
        post = a_state(order, headline="Doors close")
        content = replace(post.content, blocks=(*post.content.blocks, image))
        topics.put(replace(post, content=content))
    assert topics.popular(9) == [Topic("Ruth Okafor", 3)]


def chosen(*topics: ChosenTopic, hidden: tuple[str, ...] = ()) -> ChosenTopics:
    return ChosenTopics(Choices(topics, hidden), 1)


def test_the_desks_word() -> None:
    """It pins, puts names under one, renames and hides: what is typed and what is found alike."""
    topics = Topics(Naming(Vocabulary()))
    topics.put(a_state(1, "Talks", headline="For now the envoys trust Ruth Okafor"))
    topics.put(a_state(2, "The talks", headline="At noon they met Ruth Okafor, says Reuters"))
    topics.put(a_state(3, "Rain", headline="All that rain, says Reuters"))
    assert [one.name for one in topics.popular(5)] == [
        "Rain", "The talks", "Talks", "Ruth Okafor", "Reuters",
    ]  # fmt: skip
    talks = ChosenTopic("Geneva talks", ("The talks", "Talks"))
    minister = ChosenTopic("The minister", ("Ruth Okafor",), pinned=True)
    topics.choose(chosen(talks, minister, hidden=("reuters",)))
    assert topics.popular(5) == [
        Topic("The minister", 2),
        Topic("Geneva talks", 2),
        Topic("Rain", 1),
    ]
    assert topics.orders("talks") == topics.orders("Geneva talks") == [1, 2]
    assert topics.orders("ruth okafor") == [1, 2]
    assert topics.orders("Reuters") == []
    topics.choose(ChosenTopics())
    assert len(topics.popular(5)) == 5


def test_a_pin_without_posts_is_not_shown() -> None:
    """What leads nowhere is no way; once a post tells of it, it is there."""
    topics = Topics(Naming(Vocabulary()))
    topics.choose(chosen(ChosenTopic("Floods", pinned=True)))
    assert topics.popular(5) == []
    topics.put(a_state(1, headline="They fear floods by night"))
    assert topics.popular(5) == [Topic("Floods", 1)]


def test_a_takedown_forgets_words() -> None:
    """What was withdrawn or taken down is found no more, under no name."""
    for status in ("withdrawn", "redacted"):
        topics = Topics(Naming(Vocabulary()))
        for order in (1, 2):
            topics.put(a_state(order, headline="After long talks they named Ruth Okafor"))
        assert topics.popular(3) == [Topic("Ruth Okafor", 2)]
        topics.put(a_state(2, status=status, headline="After long talks they named Ruth Okafor"))
        assert topics.popular(3) == []
        assert topics.orders("Okafor") == [1]


_states = st.builds(
    lambda order, topics, status: a_state(order, *topics, status=status),
    st.integers(1, 6),
    st.lists(st.sampled_from(["A", "a", "B", "C"]), max_size=3),
    st.sampled_from(["published", "published", "withdrawn", "redacted"]),
)


@given(st.lists(_states, max_size=30))
def test_only_the_last_state_counts(states: list[Post]) -> None:
    """However often posts changed, what is counted is what stands now."""
    topics = Topics()
    for post in states:
        topics.put(post)
    last = {post.order: post for post in states}
    for name in "abc":
        expected = sorted(
            order
            for order, post in last.items()
            if post.status == "published"
            and name in {one.casefold() for one in post.content.topics}
        )
        assert topics.orders(name) == expected
    counts = {topic.name.casefold(): topic.count for topic in topics.popular(9)}
    assert counts == {name: len(topics.orders(name)) for name in "abc" if topics.orders(name)}
