"""Feeds, sitemap and what else machines come for: of a real server, with an address or without."""

import json
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import httpx2
import pytest

from integration.server import Server, serving

from .newsroom import Coverage, Newsroom

ADDRESS = "https://live.example.org"
CONTACT = "mailto:security@example.org"
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json",
    "ninjs": "application/json",
    "txt": "text/plain; charset=utf-8",
}
ATOM = "{http://www.w3.org/2005/Atom}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom whose server knows its own address and has a contact."""
    data = tmp_path_factory.mktemp("named") / "data"
    settings = {"DATELINE_URL": ADDRESS, "DATELINE_SECURITY_CONTACT": CONTACT}
    with (
        serving(data, settings=settings) as server,
        httpx2.Client(base_url=server.address, timeout=30) as client,
    ):
        yield Newsroom(client, server.token())


@pytest.fixture(params=["by its own address", "by the request's"])
def desk(request: pytest.FixtureRequest, newsroom: Newsroom, elsewhere: Newsroom) -> Newsroom:
    return elsewhere if request.param == "by its own address" else newsroom


def feed(coverage: Coverage, ending: str, query: str = "", **headers: str) -> httpx2.Response:
    answer = coverage.newsroom.get(f"/live/{coverage.slug}/feed.{ending}{query}", **headers)
    assert answer.status_code in (200, 304), answer.text
    return answer


def items(coverage: Coverage) -> list[dict[str, str]]:
    """The entries, which are the same in Atom, RSS and JSON."""
    found = [dict(one) for one in feed(coverage, "json").json()["items"]]
    ids = [one["id"] for one in found]
    in_atom = fromstring(feed(coverage, "atom").content).findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in in_atom] == ids
    assert [one.text for one in fromstring(feed(coverage, "rss").content).iter("guid")] == ids
    return found


@pytest.mark.parametrize("ending", TYPES)
def test_types(desk: Newsroom, ending: str) -> None:
    """Each format says what it is, may be kept for ten seconds, and has every post."""
    coverage = desk.open(summary="Wind & rain.")
    post = coverage.publish(headline="Gates close")
    answer = feed(coverage, ending)
    assert answer.headers["content-type"] == TYPES[ending]
    assert answer.headers["cache-control"] == "public, max-age=10"
    assert "Gates close" in answer.text
    assert post["id"] in answer.text
    if ending in ("atom", "rss"):
        fromstring(answer.content)
    elif ending != "txt":
        json.loads(answer.content)


@pytest.mark.parametrize("ending", TYPES)
def test_not_modified(desk: Newsroom, ending: str) -> None:
    """An unchanged feed is 304 for whoever has it, and never once there is something new."""
    coverage = desk.open()
    coverage.publish()
    etag = feed(coverage, ending).headers["etag"]
    again = feed(coverage, ending, **{"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    coverage.publish(headline="Something new")
    changed = feed(coverage, ending, **{"if-none-match": etag})
    assert changed.status_code == 200
    assert "Something new" in changed.text


def test_topic(desk: Newsroom) -> None:
    """With a topic there are only its posts; of an unknown one none. All formats agree."""
    coverage = desk.open()
    wanted = coverage.publish(headline="Dykes hold", topics=["Dykes & dams", "Ghent"])
    coverage.publish(headline="Other", topics=["Ghent"])
    query = "?topic=Dykes%20%26%20dams"
    for ending in TYPES:
        text = feed(coverage, ending, query).text
        assert wanted["id"] in text
        assert "Other" not in text
        assert wanted["id"] in feed(coverage, ending, "?topic=dykes%20%26%20dams").text
        assert wanted["id"] not in feed(coverage, ending, "?topic=lakes").text
        assert wanted["id"] in feed(coverage, ending, "?topic=").text
    own = feed(coverage, "json", query).json()["feed_url"]
    assert own.endswith(f"/live/{coverage.slug}/feed.json?topic=Dykes+%26+dams")


def test_topic_that_nobody_typed(desk: Newsroom) -> None:
    """A name that is found in posts has a feed as well; a withdrawn one stays, as a notice."""
    coverage = desk.open()
    said = "As everybody waited, the minister Ruth Okafor"
    ids = [coverage.publish(headline=f"{said} spoke for the {n}th time")["id"] for n in range(3)]
    other = coverage.publish(headline="Nobody spoke")["id"]
    coverage.act(ids[1], "withdraw", {"reason": "She was silent."})
    elsewhere = coverage.publish(headline="Rain")["id"]
    coverage.act(elsewhere, "withdraw", {"reason": "It was dry."})
    for ending in TYPES:
        text = feed(coverage, ending, "?topic=Ruth%20Okafor").text
        assert all(one in text for one in ids)
        assert "She was silent." in text
        assert other not in text
        assert elsewhere not in text


def test_the_newest(newsroom: Newsroom) -> None:
    """A feed holds the newest fifty posts, pinned or not, the newest first."""
    coverage = newsroom.open()
    posts = [coverage.publish(pinned=n == 1)["id"] for n in range(52)]
    found = [one["id"] for one in feed(coverage, "json").json()["items"]]
    assert found == [f"urn:uuid:{post}" for post in posts[:1:-1]]


def test_correction(desk: Newsroom) -> None:
    """A corrected post is the same entry in the same place, with its note and a later time."""
    coverage = desk.open()
    post = coverage.publish(headline="It was four o’clock")
    coverage.publish(headline="Later")
    before = items(coverage)
    coverage.revise(post["id"], {"headline": "At five", "correction": "Not four."}, if_match='"1"')
    after = items(coverage)
    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert after[0] == before[0]
    assert after[1]["title"] == "At five"
    assert after[1]["date_published"] == before[1]["date_published"]
    assert after[1]["date_modified"] > before[1]["date_modified"]
    for ending in TYPES:
        text = feed(coverage, ending).text
        assert "Not four." in text
        assert "four o’clock" not in text


def test_withdrawal(desk: Newsroom) -> None:
    """A withdrawn post stays as an entry with the reason, and says nothing of what it said."""
    coverage = desk.open()
    post = coverage.publish(headline="Unsaid", topics=["Unsaid"])
    before = items(coverage)
    coverage.act(post["id"], "withdraw", {"reason": "The mayor never said it."})
    (after,) = items(coverage)
    assert after["id"] == before[0]["id"]
    assert after["date_modified"] > before[0]["date_modified"]
    for ending in TYPES:
        text = feed(coverage, ending).text
        assert "This update was withdrawn: The mayor never said it." in text
        assert "Unsaid" not in text
        assert "The wind turned" not in text


def test_takedown(desk: Newsroom) -> None:
    """After a takedown no format has a word of the post, and Atom says which entry is gone."""
    coverage = desk.open()
    post = coverage.publish(headline="Unspeakable", topics=["Unspeakable"])
    etags = {}
    for ending in TYPES:
        assert "Unspeakable" in feed(coverage, ending).text
        etags[ending] = feed(coverage, ending).headers["etag"]
    coverage.act(post["id"], "redact", {"reason": "Unspeakable"})
    for ending, etag in etags.items():
        answer = feed(coverage, ending, **{"if-none-match": etag})
        assert answer.status_code == 200
        assert "Unspeakable" not in answer.text
        assert "The wind turned" not in answer.text
        assert (post["id"] in answer.text) == (ending == "atom")
    (gone,) = fromstring(feed(coverage, "atom").content).iter(DELETED)
    assert gone.get("ref") == f"urn:uuid:{post['id']}"


def test_its_own_address(elsewhere: Newsroom) -> None:
    """Where the address is set, all links have it, whatever a request calls the server."""
    coverage = elsewhere.open()
    post = coverage.publish()
    for host in ("evil.example", "live.example.org"):
        made = feed(coverage, "json", host=host).json()
        assert made["feed_url"] == f"{ADDRESS}/live/{coverage.slug}/feed.json"
        assert made["items"][0]["url"] == f"{ADDRESS}/live/{coverage.slug}/p/{post['id']}"
        assert f"{ADDRESS}/live/{coverage.slug}" in elsewhere.get("/sitemap.xml", host=host).text


def test_the_requests_address(newsroom: Newsroom, server: Server) -> None:
    """Where none is set, links lead where the request came, and no answer is kept for another."""
    coverage = newsroom.open()
    coverage.publish()
    for host in ("one.example", "two.example:8080", "[::1]:8000", server.address[7:]):
        for path in ("feed.json", "feed.atom", "feed.json"):
            text = newsroom.get(f"/live/{coverage.slug}/{path}", host=host).text
            assert f"http://{host}/live/{coverage.slug}/{path}" in text
    secure = feed(coverage, "json", host="one.example", **{"x-forwarded-proto": "https"})
    assert secure.json()["home_page_url"] == f"https://one.example/live/{coverage.slug}"


@pytest.mark.parametrize("host", ["a b", "x/y", "a<b", "user@host", "evil.example/?"])
def test_a_host_that_is_none(newsroom: Newsroom, host: str) -> None:
    """What is no host gets into no link: 400."""
    coverage = newsroom.open()
    for path in (f"/live/{coverage.slug}/feed.atom", "/sitemap.xml", "/robots.txt"):
        assert newsroom.get(path, host=host).status_code == 400


def test_no_such_feed(newsroom: Newsroom, coverage: Coverage) -> None:
    """No coverage, or no such format, is 404."""
    assert newsroom.get("/live/nothing-here/feed.atom").status_code == 404
    assert newsroom.get(f"/live/{coverage.slug}/feed.xml").status_code == 404


def test_sitemap(desk: Newsroom) -> None:
    """Every coverage is there with its title as news, and it is 304 for whoever has it."""
    coverage = desk.open(title="Storm & flood")
    answer = desk.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    fromstring(answer.content)
    assert f"/live/{coverage.slug}</loc>" in answer.text
    assert "<news:title>Storm &amp; flood</news:title>" in answer.text
    etag = answer.headers["etag"]
    assert desk.get("/sitemap.xml", **{"if-none-match": etag}).status_code == 304


def test_robots(elsewhere: Newsroom) -> None:
    """Crawlers are told where the sitemap is, and to leave streams and searches alone."""
    answer = elsewhere.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in answer.text.splitlines()
    assert "Disallow: /live/*/stream" in answer.text.splitlines()


def test_security(newsroom: Newsroom, elsewhere: Newsroom) -> None:
    """The contact is named where there is one; else it is 404."""
    answer = elsewhere.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"Contact: {CONTACT}" in answer.text.splitlines()
    assert newsroom.get("/.well-known/security.txt").status_code == 404
