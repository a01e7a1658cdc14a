"""`dateline token`: a secret that is shown once and stored nowhere."""

from pathlib import Path

import httpx2
import pytest

from .conftest import Run, Start, done, refused


def test_a_token_is_shown_once_and_kept_nowhere(spawn: Run, data: Path) -> None:
    """Standard output is the token and nothing else; no file holds it."""
    ran = spawn("token", "create", "Ana")
    made = done(ran)
    token = made.strip()
    assert made == f"{token}\n"
    assert len(token) > 32
    assert token not in ran.stderr
    files = [path for path in data.rglob("*") if path.is_file()]
    assert files
    secret = token.removeprefix("dl_").encode()
    assert not [path for path in files if secret in path.read_bytes()]
    assert token not in done(spawn("token", "list"))


def test_each_token_is_another(run: Run) -> None:
    """Also for the same label."""
    assert done(run("token", "create", "Ana")) != done(run("token", "create", "Ana"))
    assert done(run("token", "list")).count("Ana") == 2


def test_a_token_opens_what_it_is_for_until_it_is_revoked(run: Run, start: Start) -> None:
    """Beside a running server: for all coverages or one, and after its end for none."""
    done(run("coverage", "create", "storm", "The storm", "--live"))
    done(run("coverage", "create", "flood", "The flood", "--live"))
    server = start()
    every = done(run("token", "create", "Ana")).strip()
    one = done(run("token", "create", "Bot", "--coverage", "storm")).strip()

    def status(token: str, slug: str) -> int:
        body = {"blocks": [{"type": "paragraph", "html": "The wind rises."}],
                "byline": [{"name": "Ana"}]}  # fmt: skip
        answer = httpx2.post(
            f"{server.address}/api/coverages/{slug}/posts",
            json=body,
            headers={"authorization": f"Bearer {token}"},
        )
        return answer.status_code

    assert status(every, "storm") == status(every, "flood") == status(one, "storm") == 201
    assert status(one, "flood") == 403
    done(run("token", "revoke", _id_of(run, "Ana")))
    assert status(every, "storm") == 401
    assert status(one, "storm") == 201


def test_ending_a_token(run: Run) -> None:
    """It is named by its id, or by nothing; once ended it is not there to be ended again."""
    done(run("token", "create", "Ana"))
    done(run("token", "create", "Bot", "--coverage", "storm"))
    ana = _id_of(run, "Ana")
    for wrong in ("Ana", "", ana[:8], "0" * 16):
        refused(run("token", "revoke", wrong), "There is no token", "dateline token list")
    done(run("token", "revoke", ana))
    refused(run("token", "revoke", ana), "There is no token", "dateline token list")
    listed = done(run("token", "list"))
    assert "Ana" not in listed
    assert _line_of(listed, "Bot").split()[1:3] == ["Bot", "storm"]


@pytest.mark.parametrize("label", ["", " ", "x" * 101, "a\nb", "a\x1b[2Jb"])
def test_a_label_has_to_be_one(run: Run, data: Path, label: str) -> None:
    """A label that nobody could read is refused, and nothing is made."""
    refused(run("token", "create", label), "label", "Name who")
    assert not data.exists()


@pytest.mark.parametrize("label", ["[/x] Ana", "[bold]Ana", "Ana :100:"])
def test_a_label_is_listed_as_it_is(run: Run, label: str) -> None:
    """Brackets and colons in it are words, nothing that the terminal acts on."""
    done(run("token", "create", label))
    assert label in done(run("token", "list"))


@pytest.mark.parametrize("slug", ["", "Not A Slug", "storm/", "a\nb"])
def test_a_coverage_that_can_not_be(run: Run, data: Path, slug: str) -> None:
    """A token for one that nobody could ever open would open nothing."""
    refused(run("token", "create", "Bot", "--coverage", slug), "slug", "dateline coverage list")
    assert not data.exists()


def _id_of(run: Run, label: str) -> str:
    return _line_of(done(run("token", "list")), label).split()[0]


def _line_of(listed: str, label: str) -> str:
    [line] = [line for line in listed.splitlines() if label in line]
    return line
