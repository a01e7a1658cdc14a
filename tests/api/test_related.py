"""Related coverage on the page: others of this house that share its names, never itself."""

import re

from .newsroom import Newsroom


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
