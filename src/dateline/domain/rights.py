"""Who may do what: the one table of rights, and nothing else decides.

A person has a role for the house and may have another in a coverage. What is not in the table is
refused. How a role is found and how a refusal is told is `auth/grants.py`.
"""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["administrator", "editor", "reporter", "contributor", "viewer"]
Action = Literal[
    "see",  # what is not public: rehearsals, drafts, the desk
    "file",  # write drafts, add pictures
    "submit",  # hand a draft in
    "publish",
    "revise",  # a published post, without a note
    "correct",  # a published post, with a note that readers see
    "withdraw",
    "redact",  # take a post's words down everywhere
    "mark",  # pin, key event, verification
    "review",  # return, approve, release what others handed in
    "run",  # status, title, briefing, topics, related, the order of pins
    "open",  # a new coverage
    "members",  # who takes part in a coverage, and as what
    "people",  # the accounts of the house
    "audit",
]
Reach = Literal["any", "own"]

ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)

_EDITOR: Mapping[Action, Reach] = dict.fromkeys(
    (
        "see",
        "file",
        "submit",
        "publish",
        "revise",
        "correct",
        "withdraw",
        "redact",
        "mark",
        "review",
        "run",
        "open",
        "members",
    ),
    "any",
)
RIGHTS: Mapping[Role, Mapping[Action, Reach]] = {
    "administrator": {**_EDITOR, "people": "any", "audit": "any"},
    "editor": _EDITOR,
    "reporter": {"see": "any", "file": "own", "submit": "own"},
    "contributor": {"see": "own", "file": "own", "submit": "own"},
    "viewer": {"see": "any"},
}
"""For each role, what it may do, and whether with anybody's posts or only its own."""

TRUSTED: Mapping[Action, Reach] = {
    "publish": "own",
    "revise": "own",
    "correct": "own",
    "withdraw": "own",
    "mark": "own",
}
"""What a reporter may do besides where a coverage lets its reporters publish."""

HOUSE: frozenset[Action] = frozenset({"open", "people", "audit"})
"""What is about the whole house: a role in one coverage never gives it."""

_RANK: Mapping[Role, int] = {
    "administrator": 4,
    "editor": 3,
    "reporter": 2,
    "contributor": 1,
    "viewer": 0,
}


def allows(role: Role | None, action: Action, *, own: bool = False, trusted: bool = False) -> bool:
    """Whether a role may do this. `own`: with what the person made themself.

    `trusted`: the coverage lets its reporters publish.
    """
    if role is None:
        return False
    reach = RIGHTS[role].get(action)
    if reach is None and trusted and role == "reporter":
        reach = TRUSTED.get(action)
    return reach == "any" or (reach == "own" and own)


def role_in(house: Role, member: Role | None) -> Role | None:
    """The role in a coverage of somebody who has this one for the house.

    An administrator stays one: else whoever runs a coverage could shut them out of it. A
    contributor is one only where they were invited.
    """
    if house == "administrator":
        return house
    if member is not None:
        return member
    return None if house == "contributor" else house


def may_give(own: Role | None, given: Role) -> bool:
    """Whether somebody may make others this: never more than they are themselves."""
    return own is not None and _RANK[given] <= _RANK[own]
