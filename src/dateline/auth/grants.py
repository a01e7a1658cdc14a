"""What the sender of a request may do: a token's grant, or a person's."""

from collections.abc import Mapping
from typing import NoReturn

from msgspec import Struct

from dateline.domain.errors import NotAllowed
from dateline.domain.people import Actor
from dateline.domain.rights import HOUSE, Action, Role, allows, role_in

_REFUSALS: Mapping[Action, str] = {
    "see": "You may not see this. Ask an editor here for the right.",
    "file": "You may not file here. Ask an editor here to do it, or for the right.",
    "submit": "You may not hand this in. Ask an editor here to do it, or for the right.",
    "publish": "You may not publish here. Ask an editor here to do it, or for the right.",
    "revise": "You may not change this post. Ask an editor here to do it, or for the right.",
    "correct": "You may not correct this post. Ask an editor here to do it, or for the right.",
    "withdraw": "You may not withdraw this post. Ask an editor here to do it, or for the right.",
    "redact": "You may not take posts down. Ask an editor here to do it, or for the right.",
    "mark": "You may not pin or mark this post. Ask an editor here to do it, or for the right.",
    "review": (
        "You may not decide on what others filed. Ask an editor here to do it, or for the right."
    ),
    "run": "You may not run this coverage. Ask an editor here to do it, or for the right.",
    "open": "You may not open a coverage. Ask an administrator to do it, or for the right.",
    "members": "You may not say who takes part. Ask an editor here to do it, or for the right.",
    "people": "You may not change accounts. Ask an administrator to do it, or for the right.",
    "audit": "You may not read the audit trail. Ask an administrator to do it, or for the right.",
}


class Grant(Struct, frozen=True):
    """Who sends this, and as what.

    A token acts as an administrator of what it is for: everything, or the one `coverage`.
    """

    actor: Actor
    coverage: str | None = None
    role: Role = "administrator"
    members: Mapping[str, Role] = {}
    """The role in each coverage where it is another than for the house."""

    def role_in(self, slug: str) -> Role | None:
        """The role in a coverage; None: no part in it."""
        if self.coverage is not None and self.coverage != slug:
            return None
        return role_in(self.role, self.members.get(slug))

    def may(
        self, action: Action, slug: str = "", *, own: bool = False, trusted: bool = False
    ) -> bool:
        """Whether this is allowed. `slug` is the coverage it is about, if it is about one.

        `own`: with what the sender made; `trusted`: the coverage lets its reporters publish.
        """
        if self.coverage is not None and self.coverage != slug:
            return False
        role = self.role if action in HOUSE else self.role_in(slug)
        return allows(role, action, own=own, trusted=trusted)

    def check(
        self, action: Action, slug: str = "", *, own: bool = False, trusted: bool = False
    ) -> None:
        """:raises NotAllowed: it is not allowed; the message says whom to ask."""
        if not self.may(action, slug, own=own, trusted=trusted):
            self._refuse(action)

    def may_anywhere(self, action: Action, *, own: bool = False) -> bool:
        """Whether this is allowed in at least one coverage: for what belongs to no single one."""
        slugs = ["", *self.members] if self.coverage is None else [self.coverage]
        return any(self.may(action, slug, own=own) for slug in slugs)

    def check_anywhere(self, action: Action, *, own: bool = False) -> None:
        """:raises NotAllowed: it is allowed in no coverage."""
        if not self.may_anywhere(action, own=own):
            self._refuse(action)

    def _refuse(self, action: Action) -> NoReturn:
        if self.coverage is not None:
            raise NotAllowed(
                f"This token is for the coverage “{self.coverage}” only. "
                "Ask for one that may write here."
            )
        raise NotAllowed(_REFUSALS[action])
