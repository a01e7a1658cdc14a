"""The history of an update, as readers see it."""

from itertools import pairwise

import pytest

from unit.render.markup import Element, read

from .newsroom import Coverage, Newsroom


def words(text: str) -> list[dict[str, object]]:
    return [{"type": "paragraph", "html": text}]


@pytest.fixture
def post(coverage: Coverage) -> str:
    return str(coverage.publish(headline="Storm comes", blocks=words("It came at nine."))["id"])


def page(coverage: Coverage, post: str) -> Element:
    answer = coverage.newsroom.get(f"/live/{coverage.slug}/p/{post}/history")
    assert answer.status_code == 200, answer.text
    return read(answer.text).one("main")


def revise(coverage: Coverage, post: str, **fields: object) -> None:
    assert coverage.revise(post, fields, if_match="*").status_code == 200


def test_each_change_newest_first(coverage: Coverage, post: str) -> None:
    """The page tells each version with its time, and marks the words that went and came."""
    revise(coverage, post, blocks=words("It came at ten."), correction="At ten, not at nine.")
    revise(coverage, post, headline="A storm comes")
    main = page(coverage, post)
    versions = main.one("ol", class_="versions").elements
    assert [one.one("h3").words for one in versions] == ["Revised", "Corrected", "Published"]
    times = [one.one("time").attributes["datetime"] for one in versions]
    assert all(newer >= older for newer, older in pairwise(times))
    corrected = versions[1]
    assert corrected.one("p", class_="correction").words == "At ten, not at nine."
    assert corrected.one("del").words == "[removed:] nine. [end]"
    assert corrected.one("ins").words == "[added:] ten. [end]"
    assert versions[2].words.endswith("Storm comes It came at nine.")
    assert versions[2].all("ins") == versions[2].all("del") == []


def test_as_it_is_now(coverage: Coverage, post: str) -> None:
    """Above its versions stands the update as the coverage shows it, byte for byte."""
    revise(coverage, post, headline="A storm comes")
    live = coverage.newsroom.get(f"/live/{coverage.slug}").text
    history = coverage.newsroom.get(f"/live/{coverage.slug}/p/{post}/history").text
    fragment = live[live.index("<article") : live.index("</article>")]
    assert fragment in history


def test_nothing_changed(coverage: Coverage, post: str) -> None:
    """Of an update that never changed the page says so."""
    assert "It has not been changed" in page(coverage, post).words


def test_a_changed_source(coverage: Coverage) -> None:
    """A source that was checked is a version that says what it is now."""
    source = {"name": "A witness", "kind": "eyewitness"}
    post = coverage.publish(sources=[source])["id"]
    assert coverage.act(post, "verification", {"verification": "confirmed"}).status_code == 200
    newest = page(coverage, post).one("ol", class_="versions").elements[0]
    assert newest.one("h3").words == "Source checked"
    assert newest.one("p", class_="other").words == "A witness: confirmed"


def test_other_fields(coverage: Coverage, post: str) -> None:
    """A change beside the words is named, though there is no word to mark."""
    revise(coverage, post, topics=["Wind"], byline=[{"name": "Tom Maes"}])
    newest = page(coverage, post).one("ol", class_="versions").elements[0]
    assert newest.one("p", class_="other").words == "Changed: byline, topics."


def test_a_withdrawn_update(coverage: Coverage, post: str) -> None:
    """The history says that it was withdrawn and why, and never what it said."""
    revise(coverage, post, headline="Stormy secret", correction="Not the old secret.")
    assert coverage.act(post, "withdraw", {"reason": "It was not so."}).status_code == 200
    main = page(coverage, post)
    newest = main.one("ol", class_="versions").elements[0]
    assert newest.one("h3").words == "Withdrawn"
    assert newest.one("p", class_="withdrawn").words == "It was not so."
    html = coverage.newsroom.get(f"/live/{coverage.slug}/p/{post}/history").text
    for word in ("secret", "nine", "Storm comes", "Ada Peeters"):
        assert word not in html


def test_a_takedown(coverage: Coverage, post: str) -> None:
    """After a takedown the address is gone at once, even where it was just asked for."""
    page(coverage, post)
    assert coverage.act(post, "redact").status_code == 200
    answer = coverage.newsroom.get(f"/live/{coverage.slug}/p/{post}/history")
    assert answer.status_code == 410
    assert "nine" not in answer.text


def test_a_takedown_of_another(coverage: Coverage, post: str) -> None:
    """Other updates keep their histories, and a change shows at once."""
    other = coverage.publish()["id"]
    assert coverage.act(other, "redact").status_code == 200
    page(coverage, post)
    revise(coverage, post, headline="A storm comes")
    assert len(page(coverage, post).one("ol", class_="versions").elements) == 2


@pytest.mark.parametrize("path", ["/live/{slug}/p/nothing/history", "/live/nothing/p/x/history"])
def test_unknown(newsroom: Newsroom, coverage: Coverage, path: str) -> None:
    """Where there is no such update or coverage, the answer is 404."""
    assert newsroom.get(path.format(slug=coverage.slug)).status_code == 404
