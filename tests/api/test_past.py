"""The page as it was: complete, said to be of its time, and without what was taken down."""

from datetime import UTC, datetime, timedelta

from .newsroom import Coverage, Newsroom


def now() -> str:
    return datetime.now(UTC).isoformat()


def page(newsroom: Newsroom, coverage: Coverage, at: str, **more: str) -> str:
    answer = newsroom.client.get(f"/live/{coverage.slug}", params={"at": at, **more})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_as_it_was(newsroom: Newsroom) -> None:
    """Posts, title, status and briefing of that moment; a banner that leads back; no script."""
    coverage = newsroom.open()
    post = coverage.publish(headline="It was four o’clock")
    then = now()
    coverage.revise(post["id"], {"headline": "At five", "correction": "Not four."}, if_match='"1"')
    coverage.publish(headline="Something later")
    newsroom.send("PATCH", coverage.path, {"title": "Another title"})
    newsroom.send("PUT", f"{coverage.path}/briefing", {"next": "Calm weather."})
    coverage.set_status("ended")
    past = page(newsroom, coverage, then)
    assert "It was four o’clock" in past
    assert "This is the page as it was on" in past
    assert "Storm over Ghent" in past
    assert 'data-status="live"' in past
    for later in ("At five", "Something later", "Another title", "Calm weather.", "/static/live"):
        assert later not in past
    assert '<meta name="robots" content="noindex">' in past
    assert "At five" in newsroom.get(f"/live/{coverage.slug}").text


def test_older_pages_stay_in_the_past(newsroom: Newsroom) -> None:
    """The links to older posts carry the moment, and lead to posts of that time."""
    coverage = newsroom.open()
    for n in range(32):
        coverage.publish(headline=f"Number {n}.")
    then = now()
    coverage.publish(headline="Too late")
    past = page(newsroom, coverage, then)
    link = past.split('<a rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    older = newsroom.get(link).text
    assert "Number 1." in older
    assert "Number 31." not in older
    assert "This is the page as it was on" in older


def test_taken_down_since(newsroom: Newsroom) -> None:
    """A page of the past that was served before a takedown is served without its words after."""
    coverage = newsroom.open()
    post = coverage.publish(headline="A name that may not be named")
    then = now()
    assert "may not be named" in page(newsroom, coverage, then)
    coverage.act(post["id"], "redact")
    assert "may not be named" not in page(newsroom, coverage, then)


def test_by_the_coverages_clock(newsroom: Newsroom) -> None:
    """A time without an offset, as the page's own form sends it, is the place's."""
    coverage = newsroom.open()
    coverage.publish(headline="Just now")
    local = datetime.now(UTC) - timedelta(seconds=0)
    later = newsroom.client.get(f"/live/{coverage.slug}", params={"at": "2999-01-01T00:00"})
    assert "This is the page" not in later.text
    assert "Just now" in page(newsroom, coverage, local.isoformat().replace("+00:00", "Z"))


def test_what_is_no_time(newsroom: Newsroom) -> None:
    """Nonsense is 400; a time before the coverage was opened is 404 and says when it was."""
    coverage = newsroom.open()
    for at in ("yesterday", "2021-13-01T00:00Z", "0001-01-01T00:00+14:00"):
        answer = newsroom.client.get(f"/live/{coverage.slug}", params={"at": at})
        assert answer.status_code == 400, at
        assert "2021-06-14T12:00Z" in answer.text
    early = newsroom.client.get(f"/live/{coverage.slug}", params={"at": "2001-01-01T00:00Z"})
    assert early.status_code == 404
    assert "was opened on" in early.text
