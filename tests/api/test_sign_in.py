"""Who may write: tokens, what they open, and what becomes of those who guess."""

import httpx2
import pytest

from integration.server import Server

from .newsroom import Coverage, Newsroom, a_post

WRITES = [
    ("POST", "/api/coverages"),
    ("PATCH", "{path}"),
    ("POST", "{path}/status"),
    ("POST", "{path}/posts"),
    ("PATCH", "{path}/posts/{post}"),
    *(
        ("POST", f"{{path}}/posts/{{post}}/{action}")
        for action in ("withdraw", "redact", "pin", "unpin", "key", "unkey", "verification")
    ),
]


def check_unknown(answer: httpx2.Response) -> None:
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "token" in answer.json()["detail"]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_no_token(coverage: Coverage, stranger: Newsroom, method: str, path: str) -> None:
    """Without a token no write is looked at, whatever is in it."""
    post = coverage.publish()["id"]
    where = path.format(path=coverage.path, post=post)
    check_unknown(stranger.send(method, where, {"x": 1}))
    check_unknown(stranger.send(method, where, content=b"{", if_match='"1"'))
    assert coverage.seq == 3


@pytest.mark.parametrize(
    "header", ["Bearer", "Basic dDp0", "bearer dl_x", "{token}", "Bearer {token}x"]
)
def test_wrong_token(coverage: Coverage, stranger: Newsroom, token: str, header: str) -> None:
    """A token that is not whole, not known or not sent as Bearer opens nothing."""
    headers = {"authorization": header.format(token=token)}
    answer = stranger.send("POST", f"{coverage.path}/posts", a_post(), headers=headers)
    check_unknown(answer)
    assert coverage.seq == 2


def test_reading_is_open(stranger: Newsroom, coverage: Coverage) -> None:
    """What is public is read without a token."""
    post = coverage.publish()["id"]
    for path in ("", "/posts", "/events", f"/posts/{post}"):
        assert stranger.get(f"{coverage.path}{path}").status_code == 200


def test_another_coverage(server: Server, newsroom: Newsroom, client: httpx2.Client) -> None:
    """A token for one coverage writes there, and is 403 everywhere else."""
    own, other = newsroom.open(), newsroom.open()
    post = other.publish()["id"]
    made = server.command("token", "create", "guest", "--coverage", own.slug)
    guest = Newsroom(client, made.stdout.strip())
    assert guest.send("POST", f"{own.path}/posts", a_post()).status_code == 201
    seq = other.seq
    for answer in (
        guest.send("POST", f"{other.path}/posts", a_post()),
        guest.send("POST", f"{other.path}/posts/{post}/pin"),
        guest.send("PATCH", f"{other.path}/posts/{post}", {"key": False}, if_match='"1"'),
        guest.send("PATCH", other.path, {"title": "Mine"}),
        guest.send("POST", f"{other.path}/status", {"status": "ended"}),
        guest.send("POST", "/api/coverages", {"slug": "mine", "title": "x", "timezone": "UTC"}),
    ):
        assert answer.status_code == 403
        assert own.slug in answer.json()["detail"]
    assert other.seq == seq


def test_guessing(newsroom: Newsroom, coverage: Coverage) -> None:
    """Guesses from one address are soon 429 with Retry-After; nobody else has to wait."""

    def guess(address: str) -> httpx2.Response:
        headers = {"x-forwarded-for": address}
        guesser = Newsroom(newsroom.client, "dl_guess")
        return guesser.send("POST", f"{coverage.path}/status", {}, headers=headers)

    # The minute may end in between, so there may be two bounds of 30 to reach.
    answers = (guess("203.0.113.7") for _ in range(62))
    refused = next(one for one in answers if one.status_code != 401)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["content-type"] == "application/problem+json"
    assert guess("203.0.113.8").status_code == 401
    # A script with an old token must not shut out the newsroom behind the same address.
    headers = {"x-forwarded-for": "203.0.113.7"}
    answer = newsroom.send("POST", f"{coverage.path}/posts", a_post(), headers=headers)
    assert answer.status_code == 201


def test_no_token_in_the_log(server: Server, newsroom: Newsroom, coverage: Coverage) -> None:
    """Whatever a request is answered, no line of the log has a token or a key."""
    wrong = Newsroom(newsroom.client, "dl_a-wrong-token")
    for sender in (newsroom, wrong):
        sender.send("POST", f"{coverage.path}/posts", a_post(), key="a-key-of-mine")
        sender.send("POST", f"{coverage.path}/posts", content=b"{")
        sender.send("POST", f"{coverage.path}/nothing", {})
        sender.send("GET", "/live/%ff", headers={"last-event-id": "x"})
    written = server.log.read_text()
    for secret in (str(newsroom.token), "dl_", "a-key-of-mine", "uthorization"):
        assert secret not in written


def test_token_is_named(server: Server, client: httpx2.Client, coverage: Coverage) -> None:
    """The public log tells who wrote by the token's label, never by the token."""
    reporter = Newsroom(client, server.token("Night desk"))
    reporter.send("POST", f"{coverage.path}/posts", a_post())
    answer = reporter.get(f"{coverage.path}/events")
    assert answer.json()["events"][-1]["actor"]["name"] == "Night desk"
    assert str(reporter.token) not in answer.text
