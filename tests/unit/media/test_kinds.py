"""A file's kind is told by its bytes alone, and whatever these are, there is an answer."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.media.iim import read_iim
from dateline.media.kinds import KINDS, Refused, kind_of
from dateline.media.xmp import read_xmp
from drawing import a_file

STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x20\0\0\0WEBP",
    b"GIF89a",
    b"\0\0\0\x14ftypavif",
    b"\0\0\0\x14ftypheic",
    b"<svg",
    b"",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(kind: str) -> None:
    """Each kind that is taken is known for what it is."""
    assert kind_of(a_file(kind, (60, 40))) == kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("more", [b"<script>alert(1)</script>", b"PK\x03\x04", b"hello"])
def test_nothing_behind_the_end(kind: str, more: bytes) -> None:
    """Nothing but zeros may stand behind a picture."""
    data = a_file(kind, (60, 40))
    assert kind_of(data + b"\0" * 100) == kind or kind == "AVIF"
    with pytest.raises(Refused):
        kind_of(data + more)


@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_any_bytes(start: bytes, rest: bytes) -> None:
    """Any bytes are a kind or are refused; nothing else can happen."""
    with suppress(Refused):
        assert kind_of(start + rest) in KINDS


@given(st.sampled_from(KINDS), st.integers(0, 3000), st.binary(min_size=1, max_size=40))
def test_any_damage(kind: str, at: int, patch: bytes) -> None:
    """So are pictures that were damaged anywhere."""
    data = bytearray(a_file(kind, (60, 40)))
    data[at : at + len(patch)] = patch
    with suppress(Refused):
        assert kind_of(bytes(data)) in KINDS


@given(st.binary(max_size=400))
def test_any_metadata(block: bytes) -> None:
    """Metadata that nobody can read is none; it never stops a picture."""
    fields, _ = read_iim({0x0404: b"\x1c\x02" + block, 0x0425: block[:16]})
    assert all(isinstance(value, str) for value in fields.values())
    assert read_xmp(block) == {}
