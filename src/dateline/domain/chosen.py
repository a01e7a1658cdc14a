"""The desk's choice of topics as it stands: set as a whole, versioned, never overwritten unseen."""

from msgspec import Struct

from dateline.domain.commands import SetTopics
from dateline.domain.errors import Invalid, Stale
from dateline.domain.events import Record, TopicsSet
from dateline.domain.topics import Choices, ChosenTopic


class ChosenTopics(Struct, frozen=True):
    """State of a coverage's choice. Revision 0: none was ever made."""

    choices: Choices = Choices()
    revision: int = 0


def fold(chosen: ChosenTopics, record: Record) -> ChosenTopics:
    """The choice after an event; others leave it as it is."""
    if isinstance(record.event, TopicsSet):
        return ChosenTopics(record.event.choices, record.event.revision)
    return chosen


def set_(chosen: ChosenTopics, command: SetTopics, revision: int | None) -> list[TopicsSet]:
    """The event of it, unless it says what stands there already.

    :raises Stale: it was set anew since `revision`.
    :raises Invalid: a name stands for two things.
    """
    if revision is not None and revision != chosen.revision:
        raise Stale(
            f"The topics are at revision {chosen.revision}, you changed revision {revision}. "
            "Read them again, put your change into the new version and send that."
        )
    choices = Choices(
        topics=tuple(
            ChosenTopic(
                one.name.strip(), tuple(name.strip() for name in one.also), pinned=one.pinned
            )
            for one in command.topics
        ),
        hidden=tuple(name.strip() for name in command.hidden),
    )
    _check_names(choices)
    same = choices == chosen.choices
    return [] if same else [TopicsSet(revision=chosen.revision + 1, choices=choices)]


def _check_names(choices: Choices) -> None:
    named = [
        (name, f"/topics/{n}/{'name' if at == 0 else f'also/{at - 1}'}")
        for n, one in enumerate(choices.topics)
        for at, name in enumerate((one.name, *one.also))
    ]
    named += [(name, f"/hidden/{n}") for n, name in enumerate(choices.hidden)]
    seen: set[str] = set()
    for name, pointer in named:
        if name.casefold() in seen:
            raise Invalid(f"“{name}” is there twice. Name it once.", pointer)
        seen.add(name.casefold())
