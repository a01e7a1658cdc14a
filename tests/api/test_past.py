"""The page as it was: complete, said to be of its time, and without what was taken down."""

import random
import re
from datetime import UTC, datetime, timedelta

import pytest

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


@pytest.mark.parametrize("seed", range(5))
def test_any_moment(newsroom: Newsroom, seed: int) -> None:
    """Whatever happened, at any moment the page of then is the page that was served then: head,
    briefing and each post byte for byte, in the same order."""
    rng = random.Random(seed)
    coverage = newsroom.open()
    served = []
    for step in range(30):
        happen(newsroom, coverage, rng, step)
        served.append((now(), parts(newsroom.get(f"/live/{coverage.slug}").text)))
    for at, then in rng.sample(served, 12):
        assert parts(page(newsroom, coverage, at)) == then, at


def happen(newsroom: Newsroom, coverage: Coverage, rng: random.Random, step: int) -> None:
    """One thing that a newsroom does; a post is published where there is none to do it to."""
    posts = newsroom.get(f"{coverage.path}/posts").json()["posts"]
    standing = [one for one in posts if one["status"] == "published"]
    what = rng.choice(["publish", "publish", "correct", "withdraw", "mark", "describe", "brief"])
    if what == "describe":
        title = {"title": f"Title {step}", "summary": rng.choice([None, f"Summary {step}"])}
        assert newsroom.send("PATCH", coverage.path, title).status_code == 200
    elif what == "brief":
        newsroom.send("PUT", f"{coverage.path}/briefing", {"next": f"Step {step}."})
    elif what == "publish" or not standing:
        coverage.publish(headline=f"Update {step}", key=rng.random() < 0.3)
    elif what == "correct":
        one = rng.choice(standing)
        changed = {"headline": f"Mended {step}", "correction": rng.choice([None, f"Note {step}."])}
        told = {name: value for name, value in changed.items() if value}
        coverage.revise(one["id"], told, if_match=f'"{one["revision"]}"')
    elif what == "withdraw":
        coverage.act(rng.choice(standing)["id"], "withdraw", {"reason": f"Reason {step}."})
    else:
        coverage.act(rng.choice(standing)["id"], rng.choice(["pin", "unpin", "key", "unkey"]))


def parts(html: str) -> list[str]:
    """Head, briefing, rail and posts of a page, as they stand."""
    return re.findall(
        r'<header id="coverage-head".*?</header>|<aside id="briefing".*?</aside>'
        r'|<nav id="keys".*?</nav>|<article .*?</article>',
        html,
        re.DOTALL,
    )


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
