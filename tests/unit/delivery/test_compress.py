"""The compression that all readers share: the same bytes are right for whoever joined when."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from dateline.delivery import compress
from dateline.delivery.compress import GZIP_HEADER, SharedDeflate, deflated, stored

PRIMER = (
    b'id:1\ndata:{"seq":1,"html":"<article><p class=\\"byline\\"><b>Name</b> in Brussels</p>"}\n\n'
)
_pieces = st.sampled_from(["<p>", "</p>", "byline", "Brussels", "é", "€", ":", "\n", " the "])
_words = st.lists(_pieces | st.text(st.characters(exclude_categories=("Cs",)), max_size=9)).map(
    lambda pieces: "".join(pieces).encode()
)
# Now and then as much as fills the window, or more.
_writes = st.builds(lambda words, times: words * times, _words, st.sampled_from([1, 3, 100, 900]))


class Reader:
    """What one reader's gzip has come to."""

    def __init__(self, opening: bytes, join: bytes) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress
        self.text = self._inflate(GZIP_HEADER + stored(opening)).removeprefix(opening)
        self.text += self._inflate(join)
        self.text = b""

    def get(self, data: bytes) -> None:
        self.text += self._inflate(data)


def without_primer(text: bytes) -> bytes:
    return text.replace(b":" + PRIMER.replace(b"\n", b" ") + b"\n", b"")


@given(st.lists(st.tuples(st.booleans(), _writes), max_size=25))
def test_everybody_gets_the_same_whenever_they_joined(steps: list[tuple[bool, bytes]]) -> None:
    """Whoever joins between two writes gets every later write, byte for byte, and only that."""
    shared = SharedDeflate(PRIMER)
    readers: list[tuple[Reader, list[bytes]]] = []
    for joins, data in steps:
        if joins:
            readers.append((Reader(b"retry:%d\n\n" % len(readers), shared.join()), []))
        sent = shared.write(data)
        for reader, written in readers:
            reader.get(sent)
            written.append(data)
    for reader, written in readers:
        assert without_primer(reader.text) == without_primer(b"".join(written))


def test_what_joins_a_reader_is_a_comment() -> None:
    """Primer and filling are lines that an event stream ignores, at every length of filling."""
    shared = SharedDeflate(PRIMER)
    for _ in range(40):
        inflate = zlib.decompressobj(-zlib.MAX_WBITS).decompress
        *lines, rest = inflate(shared.join()).split(b"\n")
        assert not rest
        assert all(line.startswith(b":") or not line for line in lines)
        shared.write(b"x")


def test_the_primer_comes_again_when_it_is_out_of_reach() -> None:
    """After so many bytes everybody is sent it anew, and joins stay short."""
    shared = SharedDeflate(PRIMER)
    early = Reader(b"", shared.join())
    for n in range(200):
        early.get(shared.write(b"%d: %s\n\n" % (n, b"words " * 100)))
    assert 2 < early.text.count(PRIMER[:20].replace(b"\n", b" ")) < 20
    assert len(shared.join()) < 400
    assert shared.position <= compress.REACH + 1000


def test_a_frame_after_the_primer_takes_less_than_alone() -> None:
    """That is what it is for."""
    shared = SharedDeflate(PRIMER)
    frame = PRIMER.replace(b"Name", b"Somebody else").replace(b"seq", b"SEQ")
    assert len(shared.write(frame)) < 0.6 * len(deflated(frame))
