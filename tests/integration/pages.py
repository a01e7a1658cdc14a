"""A coverage's page as a reader without JavaScript has it: articles, and links to older ones."""

import re
from dataclasses import dataclass

from integration.wire import Connection, Lost, connected

_ARTICLE = re.compile(r'<article id="p-([^"]+)".*?</article>', re.DOTALL)
_SEQ = re.compile(r'\bdata-seq="(\d+)"')
_BEFORE = re.compile(r'href="[^"]*\?(?:[^"]*&amp;)?before=(\d+)[^"]*"')
_NO_END = 10**15


@dataclass(frozen=True)
class Page:
    """`articles` are the fragments by post id, in the order in which they stand on the page.

    `seq` is that of the newest page; the older ones were asked for after it.
    """

    seq: int
    articles: dict[str, str]
    html: str


async def read_page(port: int, slug: str) -> Page:
    """The whole coverage, page after page.

    :raises Lost: the server went away, or is on its way out.
    """
    articles: dict[str, str] = {}
    pages = []
    target, before = f"/live/{slug}", _NO_END
    async with connected(port) as connection:
        while target:
            html = await _get(connection, target)
            pages.append(html)
            for found in _ARTICLE.finditer(html):
                # What is pinned stands on every page; what it is like there may have changed.
                articles[found[1]] = found[0]
            older = [int(number) for number in _BEFORE.findall(html) if int(number) < before]
            before = max(older, default=0)
            target = f"/live/{slug}?before={before}" if older else ""
    seq = _SEQ.search(pages[0])
    assert seq, "the page does not say at which seq it is"
    return Page(int(seq[1]), articles, "\n".join(pages))


async def _get(connection: Connection, target: str) -> str:
    answer = await connection.request("GET", target)
    if answer.status == 503:
        raise Lost(f"{target} is not there for the moment: {answer.body[-900:]!r}")
    assert answer.status == 200, f"{target}: {answer.status} {answer.body[-900:]!r}"
    return answer.body.decode()
