"""The desk's word on topics, as the page uses it: what a name stands for, and what is not shown."""

from dateline.domain.topics import Choices


class Choice:
    """Looks names up in what the desk has chosen. Names that differ in capitals only are one."""

    def __init__(self, choices: Choices) -> None:
        self._topics = {
            name.casefold(): one for one in choices.topics for name in (one.name, *one.also)
        }
        self._hidden = {name.casefold() for name in choices.hidden}
        self.pinned = [one.name for one in choices.topics if one.pinned]

    def name(self, name: str) -> str:
        """What readers see for it: the desk's name, or the name itself."""
        one = self._topics.get(name.casefold())
        return one.name if one else name

    def names(self, name: str) -> tuple[str, ...]:
        """All names whose posts belong to it; none where it is hidden."""
        if name.casefold() in self._hidden:
            return ()
        one = self._topics.get(name.casefold())
        return (one.name, *one.also) if one else (name,)
