"""The shapes of what the API answers about drafts. They are a contract, as `answers.py`."""

from datetime import datetime

from msgspec import Struct

from dateline.domain.drafts import Colleague, Comment, Draft, State
from dateline.domain.presence import Editing
from dateline.domain.sketch import Sketch


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


class DraftsAnswer(Struct, frozen=True):
    """The one filed first first; of published ones the last first."""

    drafts: list[DraftAnswer]


def draft_answer(draft: Draft, editing: Editing | None = None) -> DraftAnswer:
    shown = {
        name: getattr(draft, name)
        for name in DraftAnswer.__struct_fields__
        if name in Draft.__struct_fields__
    }
    return DraftAnswer(**shown, editing=editing)
