"""The shapes of what the API answers about drafts. They are a contract, as `answers.py`."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from dateline.domain.cautions import Caution, cautions, known_names
from dateline.domain.drafts import Colleague, Comment, Draft, State
from dateline.domain.presence import Editing, editing
from dateline.domain.sketch import Sketch, harmless
from dateline.web.site import Site

NAMED = 200
"""Names are known from so many posts, the newest."""


class DraftAnswer(Struct, frozen=True):
    """A draft as it is. `refusal` says why it could not be published."""

    id: str
    coverage: str
    version: int
    state: State
    author: Colleague
    content: Sketch
    post: str | None
    based_on: int | None
    comments: tuple[Comment, ...]
    publish_at: datetime | None
    embargo_until: datetime | None
    filed_at: datetime
    received_at: datetime
    updated_at: datetime
    published_at: datetime | None
    released_by: tuple[Colleague, ...]
    refusal: str | None
    editing: Editing | None
    warnings: list[Caution]


class DraftsAnswer(Struct, frozen=True):
    """The one filed first first; of published ones the last first."""

    drafts: list[DraftAnswer]


async def draft_answers(
    site: Site, slug: str, drafts: Sequence[Draft], who: str
) -> list[DraftAnswer]:
    """The drafts of a coverage as somebody sees them: each with who is at it and what should be
    looked at, and harmless where somebody else has written it."""
    there = editing(await site.presence.there(slug, datetime.now(UTC)))
    page = (await site.hub.open(slug)).page
    names = known_names(page.briefed.briefing, page.listed(before=page.seq + 1, limit=NAMED))
    seen = [
        one if one.author.id == who else replace(one, content=harmless(one.content))
        for one in drafts
    ]
    return [_answer(one, there.get(one.post_id), cautions(one.content, names)) for one in seen]


def _answer(draft: Draft, editing: Editing | None, warnings: list[Caution]) -> DraftAnswer:
    shown = {
        name: getattr(draft, name)
        for name in DraftAnswer.__struct_fields__
        if name in Draft.__struct_fields__
    }
    return DraftAnswer(**shown, editing=editing, warnings=warnings)
