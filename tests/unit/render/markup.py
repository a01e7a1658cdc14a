"""HTML read strictly: whatever a browser would have to repair is an error here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"img", "source", "br", "meta", "link", "input"}
RAW = {"script", "style"}


@dataclass
class Element:
    """An element with its attributes and, in order, its elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        return "".join(
            child if isinstance(child, str) else child.text
            for child in self.children
            if isinstance(child, str) or child.tag not in RAW
        )

    @property
    def words(self) -> str:
        """The text as readers see it: white space is one space."""
        return " ".join(self.text.split())

    def __iter__(self) -> Iterator["Element"]:
        """The element and all within it."""
        yield self
        for child in self.elements:
            yield from child

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """What is within, by tag and attributes; `class_` and `id_` name theirs."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self if tag in ("", one.tag) and _has(one, wanted)]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        (found,) = self.all(tag, **attributes)
        return found


def _has(element: Element, wanted: dict[str, str]) -> bool:
    return all(
        value in element.attributes.get(name, "").split()
        if name == "class"
        else element.attributes.get(name) == value
        for name, value in wanted.items()
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> closes itself")

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html"
        assert not self.root.elements

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")


def read(html: str) -> Element:
    """The document or fragment as a tree, under a root without a name."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is not closed"
    return reader.root


Skeleton = list[tuple[int, str, tuple[tuple[str, str], ...]]]
# These hold what somebody wrote, or an address; the others are the template's.
_WRITTEN = {"alt", "content", "href", "src"}


def skeleton(
    element: Element, is_written: Callable[[Element], bool] = lambda _: False, depth: int = 0
) -> Skeleton:
    """Elements and attributes without what was written; `is_written` elements are left empty."""
    attributes = tuple(
        (name, "" if name in _WRITTEN else value) for name, value in element.attributes.items()
    )
    found = [(depth, element.tag, attributes)]
    if not is_written(element):
        for child in element.elements:
            found += skeleton(child, is_written, depth + 1)
    return found
