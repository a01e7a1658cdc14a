"""Topics on the page: links that lead through their posts and hide none of the others."""

import re

from .newsroom import Coverage, Newsroom


def follow(newsroom: Newsroom, path: str) -> str:
    answer = newsroom.get(path)
    assert answer.status_code == 302
    return newsroom.get(answer.headers["location"].partition("#")[0]).text


def bar(page: str) -> str:
    return page.split('<nav class="topic-bar"')[1].split("</nav>")[0]


def many(coverage: Coverage) -> list[str]:
    """Forty posts, every tenth of them about the dyke."""
    return [
        coverage.publish(headline=f"Update {n}.", topics=["The dyke"] if n % 10 == 0 else [])["id"]
        for n in range(40)
    ]


def test_from_post_to_post(newsroom: Newsroom) -> None:
    """The chip leads to the newest, "Older" to the one before, up to the first; and back."""
    coverage = newsroom.open()
    ids = many(coverage)
    page = newsroom.get(f"/live/{coverage.slug}").text
    link = re.search(r'href="(/live/[^"]+/topics/[^"]+)">The dyke</a> <span>4<', page)
    assert link
    page = follow(newsroom, link[1])
    assert "1 of 4" in bar(page)
    for n in (20, 10, 0):
        older = re.search(r'rel="next" href="([^"#]+)#p-([^"]+)"', bar(page))
        assert older
        assert older[2] == ids[n]
        page = newsroom.get(older[1].replace("&amp;", "&")).text
        assert f'id="p-{ids[n]}"' in page
        assert f'id="p-{ids[n + 1]}"' in page
    assert "4 of 4" in bar(page)
    assert 'rel="next"' not in bar(page)
    assert 'rel="prev"' in bar(page)


def test_what_nobody_typed(newsroom: Newsroom) -> None:
    """A name that the posts tell of is a topic as well, and leads from one to the next."""
    coverage = newsroom.open()
    said = "As everybody waited, the minister Ruth Okafor"
    ids = [coverage.publish(headline=f"{said} spoke for the {n}th time")["id"] for n in range(3)]
    page = newsroom.get(f"/live/{coverage.slug}").text
    link = re.search(r'href="(/live/[^"]+/topics/[^"]+)">Ruth Okafor</a> <span>3<', page)
    assert link
    page = follow(newsroom, link[1])
    assert "1 of 3" in bar(page)
    assert f"#p-{ids[1]}" in bar(page)
    coverage.act(ids[2], "redact")
    page = follow(newsroom, link[1])
    assert "1 of 2" in bar(page)
    assert ids[2] not in page


def test_the_desks_word(newsroom: Newsroom) -> None:
    """What the desk sets is on the page and leads to the posts; what it hides is gone from both."""
    coverage = newsroom.open()
    ids = [coverage.publish(topics=[name])["id"] for name in ("Dyke", "The dyke", "Gossip")]
    path = f"{coverage.path}/topics"
    assert newsroom.get(path).json()["revision"] == 0
    word = {"topics": [{"name": "The dykes", "also": ["Dyke", "The dyke"]}], "hidden": ["Gossip"]}
    answer = newsroom.send("PUT", path, word, if_match='"0"')
    assert answer.status_code == 200
    assert (answer.json()["revision"], answer.headers["etag"]) == (1, '"1"')
    told = newsroom.get(path).json()
    assert told["shown"] == [{"name": "The dykes", "count": 2}]
    assert told["hidden"] == ["Gossip"]
    page = newsroom.get(f"/live/{coverage.slug}").text
    assert re.findall(r'/topics/[^"]+">([^<]+)</a> <span>(\d)', page) == [("The dykes", "2")]
    assert ids[1] in newsroom.get(f"/live/{coverage.slug}/topics/Dyke").headers["location"]
    assert newsroom.get(f"/live/{coverage.slug}/topics/gossip").status_code == 404
    (frame,) = newsroom.get(f"/live/{coverage.slug}/changes/5").json()["changes"]
    assert (frame["seq"], frame["kind"]) == (6, "topics")
    assert newsroom.send("PUT", path, {}, if_match='"0"').status_code == 412
    twice = newsroom.send("PUT", path, {"hidden": ["Wind", "wind"]})
    assert (twice.status_code, twice.json()["errors"][0]["pointer"]) == (422, "#/hidden/1")
    assert newsroom.client.put(path, json={}).status_code == 401


def test_names_are_text(newsroom: Newsroom) -> None:
    """Any name makes an address that leads to its post, and no markup."""
    coverage = newsroom.open()
    name = 'Ça/va? "<b>" & 100 %'
    post = coverage.publish(topics=[name])
    page = newsroom.get(f"/live/{coverage.slug}").text
    link = re.search(r'href="(/live/[^"]+/topics/[^"]+)"', page)
    assert link
    assert "<b>&#34;" not in page
    assert f'id="p-{post["id"]}"' in follow(newsroom, link[1])


def test_gone_topics(newsroom: Newsroom) -> None:
    """When its last post is withdrawn or revised without it, the topic is gone: 404."""
    coverage = newsroom.open()
    post = coverage.publish(topics=["Weather"])
    assert newsroom.get(f"/live/{coverage.slug}/topics/weather").status_code == 302
    coverage.revise(post["id"], {"topics": ["Wind"]}, if_match='"1"')
    assert newsroom.get(f"/live/{coverage.slug}/topics/weather").status_code == 404
    coverage.act(post["id"], "withdraw", {"reason": "It came twice."})
    assert newsroom.get(f"/live/{coverage.slug}/topics/wind").status_code == 404
    assert 'id="topics"' not in newsroom.get(f"/live/{coverage.slug}").text
