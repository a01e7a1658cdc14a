"""XMP, read and written: the part of it that says who made a picture, and what it shows."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dateline.media.details import Details
from dateline.media.kinds import Refused

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
# IPTC Photo Metadata Standard 2025.1, section by section: what each field is called in XMP.
FIELDS = {
    "creator": ("dc:creator",),
    "caption": ("dc:description",),
    "copyright": ("dc:rights",),
    "credit": ("photoshop:Credit",),
    "alt": ("Iptc4xmpCore:AltTextAccessibility",),
    "digital_source_type": ("Iptc4xmpExt:DigitalSourceType",),
    "taken_at": ("photoshop:DateCreated", "exif:DateTimeOriginal"),
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    "<rdf:RDF {names}><rdf:Description>{fields}</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)


def read_xmp(packet: bytes) -> dict[str, str]:
    """The fields it has. One that can't be read has none: cameras write many a broken one.

    :raises Refused: it defines entities, as only an attack does.
    """
    try:
        root = fromstring(packet.strip(b"\0 \r\n"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused(
            "Its XMP defines XML entities, which no camera does. "
            "Save it anew with a picture editor and send that."
        ) from error
    except (ParseError, ValueError, LookupError):
        return {}
    found = {}
    for field, names in FIELDS.items():
        values = (value for name in names for value in _values(root, name))
        if value := next(values, ""):
            found[field] = value
    return found


def rights_xmp(details: Details) -> bytes:
    """What stays with a picture wherever it is copied: who made it, and whose it is."""
    fields = [
        _list("dc:creator", "Seq", details.creator),
        _list("dc:rights", "Alt", details.copyright),
        _plain("photoshop:Credit", details.credit),
        _plain("Iptc4xmpExt:DigitalSourceType", details.digital_source_type),
    ]
    if not any(fields):
        return b""
    names = " ".join(f'xmlns:{short}="{long}"' for short, long in NAMES.items())
    return _PACKET.format(names=names, fields="".join(fields)).encode()


def _values(root: Element, name: str) -> Iterator[str]:
    short, _, local = name.partition(":")
    full = f"{{{NAMES[short]}}}{local}"
    for description in root.iter(f"{{{NAMES['rdf']}}}Description"):
        if value := (description.get(full) or "").strip():
            yield value
        for element in description.findall(full):
            if value := _text(element):
                yield value


def _text(element: Element) -> str:
    if resource := element.get(f"{{{NAMES['rdf']}}}resource"):
        return resource.strip()
    items = element.findall(f".//{{{NAMES['rdf']}}}li")
    if not items:
        return (element.text or "").strip()
    if element.find(f"{{{NAMES['rdf']}}}Alt") is not None:
        # One text in several languages: the one meant for everybody comes first.
        items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
        return (items[0].text or "").strip()
    return ", ".join(text for item in items if (text := (item.text or "").strip()))


def _plain(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _list(name: str, kind: str, value: str) -> str:
    if not value:
        return ""
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    item = f"<rdf:li{language}>{escape(value)}</rdf:li>"
    return f"<{name}><rdf:{kind}>{item}</rdf:{kind}></{name}>"
