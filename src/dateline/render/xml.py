"""XML out of elements: well-formed whatever the words are."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

# What XML 1.0 can't hold, not even as a character reference.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new element at the end of `parent`. Prefixes are written out; the root declares them."""
    made = SubElement(parent, tag, attributes)
    made.text = text
    return made


def xml_bytes(root: Element) -> bytes:
    """The document, in UTF-8."""
    for element in root.iter():
        if element.text:
            element.text = _IMPOSSIBLE.sub("", element.text)
        for name, value in element.items():
            element.set(name, _IMPOSSIBLE.sub("", value))
    indent(root, "")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
