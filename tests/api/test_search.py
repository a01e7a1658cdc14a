"""The pages of what was found: in one coverage, in all, and safe whatever was typed."""

from .newsroom import Newsroom


def test_in_a_coverage(newsroom: Newsroom) -> None:
    """What was acknowledged a moment ago is found, marked, and leads to the post's address."""
    coverage = newsroom.open()
    post = coverage.publish(
        headline="Gates close", blocks=[{"type": "paragraph", "html": "The dyke holds & waits."}]
    )
    page = newsroom.get(f"/live/{coverage.slug}/search?q=dyke").text
    assert f'<a href="/live/{coverage.slug}/p/{post["id"]}">Gates close</a>' in page
    assert "The <mark>dyke</mark> holds &amp; waits." in page
    assert '<meta name="robots" content="noindex">' in page


def test_in_all(newsroom: Newsroom) -> None:
    """The house's search finds in every coverage, and says which; more are a link away."""
    one, two = newsroom.open(title="Storm one"), newsroom.open(title="Storm two")
    one.publish(headline="A zeppelinrace begins")
    for n in range(25):
        two.publish(headline=f"The zeppelinrace, lap {n}")
    page = newsroom.get("/search?q=zeppelinrace").text
    assert "Storm two" in page
    assert 'href="/search?q=zeppelinrace&amp;from=20"' in page
    rest = newsroom.get("/search?q=zeppelinrace&from=20").text
    assert rest.count('class="when"') == 6
    assert 'rel="next"' not in rest


def test_nothing_found(newsroom: Newsroom) -> None:
    """It is said, with what to do; without words there is a form; no coverage is 404."""
    coverage = newsroom.open()
    path = f"/live/{coverage.slug}/search"
    assert "No update has this word." in newsroom.get(f"{path}?q=zebra").text
    assert "No update has" not in newsroom.get(path).text
    assert newsroom.get("/live/no-such/search?q=a").status_code == 404


def test_what_is_typed_is_text(newsroom: Newsroom) -> None:
    """Markup in the words or in a post is shown as it is typed."""
    coverage = newsroom.open()
    coverage.publish(headline="x", blocks=[{"type": "paragraph", "html": "1 &lt;b&gt; zonder"}])
    page = newsroom.get(f"/live/{coverage.slug}/search", **{}).text
    assert "<script>" not in page
    answer = newsroom.client.get(
        f"/live/{coverage.slug}/search", params={"q": '"><script>alert(1)</script>', "from": "-1"}
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert (
        "1 &lt;b&gt; <mark>zonder</mark>"
        in newsroom.get(f"/live/{coverage.slug}/search?q=zonder").text
    )


def test_a_takedown_takes_it_out(newsroom: Newsroom) -> None:
    """From the moment that a takedown is acknowledged, its words find nothing."""
    coverage = newsroom.open()
    post = coverage.publish(headline="Unspeakable")
    assert post["id"] in newsroom.get(f"/live/{coverage.slug}/search?q=unspeakable").text
    coverage.act(post["id"], "redact")
    assert post["id"] not in newsroom.get(f"/live/{coverage.slug}/search?q=unspeakable").text


def test_by_the_api(newsroom: Newsroom) -> None:
    """Posts of all coverages, or of all but one, with what leads to them; none of a rehearsal."""
    one, other = newsroom.open(title="Storm one"), newsroom.open(title="Storm two")
    rehearsed = newsroom.open(rehearsal=True)
    for n, coverage in enumerate((one, other, rehearsed)):
        coverage.publish(headline=f"The waffelbakker opens {n}")
    bare = other.publish(
        blocks=[{"type": "paragraph", "html": "A waffelbakker."}],
        occurred_at="2021-06-14T08:00:00Z",
    )
    address = "/api/search?q=waffelbakker"
    found = newsroom.get(address).json()["posts"]
    assert {post["coverage"] for post in found} == {one.slug, other.slug}
    named = next(post for post in found if post["id"] == bare["id"])
    assert named == {
        "coverage": other.slug,
        "title": "Storm two",
        "id": bare["id"],
        "time": "2021-06-14T08:00:00Z",
        "headline": None,
        "url": f"/live/{other.slug}/p/{bare['id']}",
    }
    left = newsroom.get(f"{address}&besides={other.slug}").json()["posts"]
    assert [post["headline"] for post in left] == ["The waffelbakker opens 0"]
    assert len(newsroom.get(f"{address}&limit=1").json()["posts"]) == 1
    assert newsroom.get(f"{address}&limit=99").status_code == 422
    assert newsroom.get("/api/search").json() == {"posts": []}
