"""Related coverage on the page: others of this house that share its names, never itself."""

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
