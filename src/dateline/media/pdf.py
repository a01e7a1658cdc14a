"""A PDF for readers: its pages and nothing that tells who made it, or does something by itself.

It is written anew from what its pages need. What lay beside them is left behind: earlier versions,
comments between the objects, whatever else was hidden in the file.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from pikepdf import (
    Array,
    DataDecodingError,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    PdfError,
    Stream,
)

from dateline.media.jpeg import bare_jpeg
from dateline.media.kinds import Refused

MOST_PAGES = 2_000
_MOST_DEPTH = 100
# Who made it and with what; what it does by itself, or asks a reader's program to do; what it
# carries along. Wherever they stand.
_DROPPED = frozenset(
    (
        *("/Metadata", "/PieceInfo", "/LastModified", "/CreatorInfo", "/SpiderInfo", "/Thumb"),
        *("/OpenAction", "/AA", "/JS", "/JavaScript", "/Requirements"),
        *("/EmbeddedFiles", "/EF", "/AF", "/Collection", "/XFA", "/RichMediaContent"),
        *("/Perms", "/DSS", "/Legal", "/Threads", "/Renditions", "/AlternatePresentations"),
        *("/NM", "/RC", "/CreationDate", "/ModDate", "/Subj"),
        *("/Author", "/Creator", "/Producer", "/Keywords", "/Company"),
    )
)
# In what stands under these keys whoever made the file chooses the names: a font may be called /AA.
_NAMES_IN = frozenset(
    (
        *("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties"),
        *("/CharProcs", "/Colorants", "/Dests", "/ClassMap", "/RoleMap"),
    )
)
# What has one of these is no such list, whatever it stands under.
_NO_LIST = frozenset(("/Type", "/Subtype", "/S", "/Pages", "/Kids", "/Parent", "/Rect", "/FT"))
_ACTIONS_IN = frozenset(("/A", "/PA", "/Next"))
_HARMLESS = ("/GoTo", "/Named")
_WEB = re.compile(rb"(?:https?://|mailto:)", re.I)
_ANNOTATIONS = frozenset(
    ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Projection")
)
_JPEG = Name("/DCTDecode")


def clean_pdf(data: bytes) -> tuple[bytes, int]:
    """The file for readers, and how many pages it has.

    :raises Refused: it can't be read, is encrypted, or has too many pages.
    """
    try:
        with Pdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            pages = _counted(pdf)
            _clean(pdf)
            return _written(pdf), pages
    except PasswordError as error:
        raise Refused(_ENCRYPTED) from error
    except (PdfError, DataDecodingError, ValueError, TypeError, KeyError) as error:
        raise Refused(
            "It can't be read as a PDF: it is damaged. Print it into a new PDF and send that."
        ) from error


_ENCRYPTED = (
    "This PDF is encrypted, so nobody can look what is in it. "
    "Save it without a password and send that."
)


def _counted(pdf: Pdf) -> int:
    # Who needs no password to read it has not been allowed to change it.
    if pdf.is_encrypted:
        raise Refused(_ENCRYPTED)
    if pdf.Root.get("/NeedsRendering"):
        raise Refused(
            "This PDF is a form that only one program can show. "
            "Print it into a new PDF and send that."
        )
    pages = len(pdf.pages)
    if not pages:
        raise Refused("This PDF has no page. Look at it, and send another one.")
    if pages > MOST_PAGES:
        raise Refused(
            f"The PDF has {pages} pages; {MOST_PAGES} are allowed. Split it and send the parts."
        )
    return pages


def _clean(pdf: Pdf) -> None:
    # Both say where it comes from: the one in words, the other as a number for all its copies.
    for name in ("/Info", "/ID"):
        if name in pdf.trailer:
            del pdf.trailer[name]
    lists = set(_lists(pdf))
    for found in pdf.objects:
        for one, is_list in _within(found, found.objgen in lists):
            if isinstance(one, Stream) and _is_jpeg(one):
                _strip_jpeg(pdf, one)
            _strip(one, is_list=is_list and _NO_LIST.isdisjoint(one.keys()))


def _lists(pdf: Pdf) -> Iterator[tuple[int, int]]:
    """The numbers of the objects in which names are chosen freely."""
    for found in pdf.objects:
        for one, _ in _within(found):
            for key in _NAMES_IN.intersection(one.keys()):
                if isinstance(listed := one[key], Dictionary):
                    yield listed.objgen


def _within(
    found: Object, is_list: bool = False, depth: int = 0
) -> Iterator[tuple[Dictionary | Stream, bool]]:
    """The dictionaries in an object of the file, but for what has a number of its own; and whether
    names in it are chosen freely."""
    if depth > _MOST_DEPTH:
        raise Refused(
            "It can't be read as a PDF: it is damaged. Print it into a new PDF and send that."
        )
    if isinstance(found, Dictionary | Stream):
        yield found, is_list
        inner = [(value, key in _NAMES_IN) for key, value in found.items()]
    elif isinstance(found, Array):
        inner = [(value, False) for value in found]
    else:
        return
    for value, holds_names in inner:
        if isinstance(value, Object) and not value.is_indirect:
            yield from _within(value, holds_names, depth + 1)


def _strip(one: Dictionary | Stream, *, is_list: bool) -> None:
    if is_list:
        return
    names = one.keys()
    dropped = {*_DROPPED & names}
    dropped |= {key for key in _ACTIONS_IN & names if not _is_harmless(one[key])}
    if "/FT" in names and one["/FT"] == Name("/Sig"):
        # A signature says who has signed, and no longer fits what is written anew.
        dropped |= {"/V", "/Lock", "/SV"} & names
    if names >= {"/Subtype", "/Rect"} and one["/Subtype"] != Name("/Widget"):
        # Of a note in the margin: who wrote it, and when.
        dropped |= {"/T", "/M"} & names
    for key in dropped:
        del one[key]
    if "/Annots" in names and isinstance(one["/Annots"], Array):
        one["/Annots"] = Array([note for note in one["/Annots"] if _is_kept(note)])


def _is_kept(note: Object) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype", "")) not in _ANNOTATIONS


def _is_harmless(action: object) -> bool:
    """Whether it leads to a place in the file or on the web. What is no action is none of ours."""
    if isinstance(action, Array):
        return all(_is_harmless(one) for one in action)
    if not isinstance(action, Dictionary) or "/S" not in action:
        return True
    kind = str(action["/S"])
    if kind == "/URI":
        return bool(_WEB.match(bytes(action.get("/URI", b""))))
    return kind in _HARMLESS


def _is_jpeg(stream: Object) -> bool:
    filters = stream.get("/Filter")
    if isinstance(filters, Array):
        return len(filters) > 0 and filters[-1] == _JPEG
    return bool(filters == _JPEG)


def _strip_jpeg(pdf: Pdf, stream: Stream) -> None:
    """A photograph says where and with what it was taken, in a PDF too."""
    data = stream.read_raw_bytes()
    filters = stream["/Filter"]
    if isinstance(filters, Array) and len(filters) > 1:
        around = Stream(pdf, data)
        around["/Filter"] = Array(list(filters)[:-1])
        parameters = stream.get("/DecodeParms")
        if isinstance(parameters, Array):
            around["/DecodeParms"] = Array(list(parameters)[:-1])
        data = around.read_bytes()
    how = stream.get("/DecodeParms")
    last = how[-1] if isinstance(how, Array) and len(how) else how
    kept = last if isinstance(last, Dictionary) else None
    stream.write(bare_jpeg(data), filter=_JPEG, decode_parms=kept)


def _written(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        out,
        fix_metadata_version=False,
        preserve_pdfa=False,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return out.getvalue()
