"""Related coverage on the page: others of this house that share its names, never itself."""

import re

import pytest

from .newsroom import Coverage, Newsroom


def test_shared_names_lead_to_each_other(newsroom: Newsroom) -> None:
    """The coverage that tells of the same names is linked; one about other things is not."""
    one = newsroom.open(title="Zwartsluis braces for the Vechtmonding flood")
    two = newsroom.open(title="After the water")
    two.publish(headline="Zwartsluis: the Vechtmonding gates are shut")
    three = newsroom.open(title="A quiet day elsewhere")
    three.publish(headline="Nothing of note")
    # What was asked for by its words is in the index.
    assert "Zwartsluis" in newsroom.get("/search?q=zwartsluis").text
    page = newsroom.get(f"/live/{one.slug}").text
    assert "Related coverage" in page
    related = page.split('id="related"')[1]
    assert f'href="/live/{two.slug}"' in related
    assert f'href="/live/{three.slug}"' not in related
    assert f'href="/live/{one.slug}"' not in related.split("</section>")[0]


def test_the_desk_chooses_first(newsroom: Newsroom) -> None:
    """What the desk names stands first and in its order, what is found comes after, none twice."""
    one = newsroom.open(title="Oudekapelle waits for the Scheldemeer ferry")
    found = newsroom.open(title="Ferries")
    found.publish(headline="Oudekapelle: the Scheldemeer ferry is late")
    chosen = newsroom.open(title="A choir on the quay")
    newsroom.get("/search?q=oudekapelle")
    for related in ([chosen.slug], [chosen.slug, found.slug]):
        answer = newsroom.send("PATCH", one.path, {"related": related})
        assert answer.status_code == 200
        assert newsroom.get(one.path).json()["related"] == related
        shown = newsroom.get(f"/live/{one.slug}").text.split('id="related"')[1]
        links = re.findall(r'href="/live/([^"/?]+)"', shown.split("</section>")[0])
        assert links == [chosen.slug, found.slug]


def test_only_what_there_is_can_be_chosen(newsroom: Newsroom) -> None:
    """An unknown coverage, itself, or one twice is refused, with a pointer to it."""
    one, other = newsroom.open(), newsroom.open()
    for wrong in ("no-such-thing", "../x", one.slug, other.slug):
        answer = newsroom.send("PATCH", one.path, {"related": [other.slug, wrong]})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "#/related/1"
    assert newsroom.get(one.path).json()["related"] == []


def related_to(newsroom: Newsroom, coverage: Coverage) -> str:
    """The related coverage on a page, as HTML; "" where it has none."""
    page = newsroom.get(f"/live/{coverage.slug}").text
    return page.partition('id="related"')[2].partition("</section>")[0]


def two(newsroom: Newsroom, place: str) -> tuple[Coverage, Coverage, str]:
    """A coverage, another of the same place, and that one's post that tells most of it."""
    one = newsroom.open(title=f"{place} and its Ferrymen wait")
    other = newsroom.open(title="A town by the water")
    other.publish(headline="The choir sings on the quay")
    post = other.publish(headline=f"{place}: the Ferrymen go home")["id"]
    other.publish(headline="The bakers open again")
    newsroom.get(f"/search?q={place}")
    return one, other, post


def test_a_post_leads_on(newsroom: Newsroom) -> None:
    """Beside each related coverage stands its post that tells most of the same, as a link."""
    one, other, post = two(newsroom, "Kerkestede")
    shown = related_to(newsroom, one)
    assert f'href="/live/{other.slug}/p/{post}">Kerkestede: the Ferrymen go home</a>' in shown
    assert "choir" not in shown


@pytest.mark.parametrize(
    ("action", "body"), [("redact", None), ("withdraw", {"reason": "It was another ferry."})]
)
def test_what_is_gone_leads_nowhere(newsroom: Newsroom, action: str, body: object) -> None:
    """After a takedown is answered, no other page has the headline; after a withdrawal soon."""
    place = f"Molenhaven{action.title()}"
    one, other, post = two(newsroom, place)
    assert f"{place}: the Ferrymen" in related_to(newsroom, one)
    other.act(post, action, body)
    if action == "withdraw":
        newsroom.get(f"/search?q={place}")  # whoever asks for words makes the index follow
    assert f"{place}: the Ferrymen" not in related_to(newsroom, one)


def test_it_says_what_is_so(newsroom: Newsroom) -> None:
    """A page that is kept ready follows what another coverage is called, and whether it is live."""
    one, other, _ = two(newsroom, "Waterbeke")
    assert "A town by the water" in related_to(newsroom, one)
    newsroom.send("PATCH", other.path, {"title": "After the water"})
    other.set_status("ended")
    newsroom.get("/search?q=waterbeke")
    shown = related_to(newsroom, one)
    assert "After the water" in shown
    assert "Ended" in shown


def test_the_desk_chooses_a_post(newsroom: Newsroom) -> None:
    """What the desk names goes before what is found; when it is gone, that stands there again."""
    one, other, found = two(newsroom, "Veerdam")
    choir = other.publish(headline="The choir sings once more")["id"]
    newsroom.get("/search?q=veerdam")
    chosen = [f"{other.slug}/p/{choir}"]
    answer = newsroom.send("PATCH", one.path, {"related": chosen})
    assert answer.status_code == 200
    assert newsroom.get(one.path).json()["related"] == chosen
    shown = related_to(newsroom, one)
    assert f'href="/live/{other.slug}/p/{choir}">The choir sings once more</a>' in shown
    assert "Veerdam: the" not in shown
    other.act(choir, "redact")
    shown = related_to(newsroom, one)
    assert "once more" not in shown
    assert f'href="/live/{other.slug}/p/{found}"' in shown


def test_only_posts_that_can_be_shown(newsroom: Newsroom) -> None:
    """A post that there is not, without a headline, or of this coverage is refused."""
    one, other = newsroom.open(), newsroom.open()
    own, bare = one.publish(headline="Own")["id"], other.publish()["id"]
    for wrong in (
        f"{one.slug}/p/{own}",
        f"{other.slug}/p/{own}",
        f"{other.slug}/p/{bare}",
        f"{other.slug}/p/x",
    ):
        answer = newsroom.send("PATCH", one.path, {"related": [wrong]})
        assert answer.status_code == 422, wrong
        assert answer.json()["errors"][0]["pointer"] == "#/related/0"
