"""The history of a post holds each of its versions, and nothing that was taken back."""

import msgspec
import pytest

from builders import SLUG, Desk, a_paragraph, a_post, a_post_id, a_source
from dateline.domain.commands import (
    ChangeVerification,
    PinPost,
    RedactPost,
    RevisePost,
    WithdrawPost,
)
from dateline.projections.history import History, history_of
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    desk = Desk(MemoryEventLog())
    await desk.open()
    return desk


async def history(desk: Desk, post: int = 1) -> History:
    found = history_of((await desk.log.history(SLUG, [a_post_id(post)])).records)
    assert found
    return found


async def test_each_change_is_a_version(desk: Desk) -> None:
    """Publishing, revisions, corrections and verifications are versions; a pin is none."""
    await desk.do(a_post("One", sources=(a_source(),)), 1)
    await desk.do(RevisePost(headline="Two"), 1, seen=1)
    await desk.do(PinPost(), 1)
    await desk.do(RevisePost(blocks=(a_paragraph("Three"),), correction="It was three."), 1, seen=2)
    await desk.do(ChangeVerification("confirmed"), 1)
    versions = (await history(desk)).versions
    assert [(one.revision, one.kind) for one in versions] == [
        (1, "published"),
        (2, "revised"),
        (3, "corrected"),
        (4, "verified"),
    ]
    assert [one.time for one in versions] == sorted(one.time for one in versions)
    assert versions[2].note == "It was three."
    assert (versions[3].source, versions[3].verification) == ("The council", "confirmed")


async def test_each_version_has_its_own_words(desk: Desk) -> None:
    """A version holds the whole content as it was then, and the post as it is now is the last."""
    await desk.do(a_post("One"), 1)
    await desk.do(RevisePost(blocks=(a_paragraph("Two"),)), 1, seen=1)
    found = await history(desk)
    blocks = [one.content.blocks for one in found.versions if one.content]
    assert blocks == [(a_paragraph("One"),), (a_paragraph("Two"),)]
    assert found.post.content == found.versions[-1].content


async def test_a_withdrawal_leaves_only_its_reason(desk: Desk) -> None:
    """After a withdrawal no version has words, notes or names of sources; the reason stays."""
    await desk.do(a_post("secret", headline="secret", sources=(a_source(name="secret"),)), 1)
    await desk.do(RevisePost(headline="secret too", correction="It was secret."), 1, seen=1)
    await desk.do(ChangeVerification("wrong"), 1)
    await desk.do(WithdrawPost(reason="It was not so."), 1)
    versions = (await history(desk)).versions
    assert [one.kind for one in versions] == ["published", "corrected", "verified", "withdrawn"]
    assert [one.note for one in versions] == [None, None, None, "It was not so."]
    assert b"secret" not in msgspec.json.encode(versions)


async def test_a_takedown_leaves_no_version(desk: Desk) -> None:
    """Of a post that was taken down nothing can be read, and no other post suffers."""
    await desk.do(a_post("secret"), 1)
    await desk.do(a_post("kept"), 2)
    await desk.do(RedactPost(), 1)
    found = await history(desk)
    assert (found.post.status, found.versions) == ("redacted", [])
    assert b"secret" not in msgspec.json.encode(found)
    assert len((await history(desk, 2)).versions) == 1


def test_no_post_has_no_history() -> None:
    """Where nothing happened there is no history."""
    assert history_of([]) is None
