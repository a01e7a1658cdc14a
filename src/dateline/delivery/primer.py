"""What every frame of a coverage has in common, for the compression to refer to.

It is a frame of the coverage's own, about a post that nobody wrote: the real markup in the order in
which it mostly comes. No word of a real post is in it, so a takedown has nothing to do here.
"""

from datetime import datetime

from dateline.delivery import sse
from dateline.delivery.frames import post_frame
from dateline.domain.blocks import Embed, Image, Link, List, Paragraph, Quote, QuoteSource
from dateline.domain.content import Content, Source
from dateline.domain.coverage import Coverage
from dateline.domain.people import Byline
from dateline.domain.posts import Correction, Post

_CONTENT = Content(
    headline="The",
    byline=(Byline("A", "The", "Brussels"), Byline("B", None, "Geneva")),
    blocks=(
        List(items=("The", "And"), ordered=False),
        Image("a.webp", caption="The", credit="Photo: ", alt="A", width=1600, height=1000),
        Link("https://www."),
        Embed("https://"),
        Quote("We will ", "The", "President of the", QuoteSource("Press conference", "https://")),
        Paragraph(
            "<strong>is</strong> <em>not</em> that the government was said for the people who have "
            'been with <a href="https://www.com" rel="noopener">this</a> from their</p>\\n<p>'
        ),
        Paragraph(" and the first of the ministers will be in on Monday."),
    ),
    sources=(Source("A", "official", "unconfirmed", "https://www."), Source("B")),
    topics=("A", "B"),
)


def primer(coverage: Coverage, time: datetime) -> bytes:
    post = Post(
        id="00000000-0000-7000-8000-000000000000",
        order=1,
        seq=1,
        revision=1,
        status="published",
        published_at=time,
        updated_at=time,
        content=_CONTENT,
        corrections=(Correction(time, "An earlier version of this update said that"),),
    )
    return sse.event(post_frame(post, 1, time, coverage))
