"""Who takes part in a coverage, and as what: what is done to that, each as a deed (`deeds.py`)."""

from datetime import timedelta

from dateline.auth import invitations, memberships, people
from dateline.auth.deeds import Act
from dateline.auth.grants import Grant
from dateline.auth.invitations import Invitation
from dateline.auth.memberships import Member
from dateline.domain.errors import NotAllowed, NotFound
from dateline.domain.rights import Role, may_give


def set_member(act: Act, held: Grant, slug: str, person_id: str, role: Role) -> Member:
    """Give somebody a role in the coverage, for good.

    :raises NotAllowed: it is more than the giver has, or they have more.
    """
    _check_gives(held, slug, role)
    _check_gives(held, slug, _present(act, slug, person_id))
    memberships.put_member(act.connection, slug, person_id, role, None)
    member = memberships.read(act.connection, slug, person_id, act.now)
    act.note(f"made {role} in {slug}", member.person.name)
    return member


def remove_member(act: Act, held: Grant, slug: str, person_id: str) -> None:
    """From now on their role for the house counts here.

    :raises NotAllowed: they have, or would have, more than who takes it.
    """
    member = memberships.read(act.connection, slug, person_id, act.now)
    _check_gives(held, slug, member.role)
    # Without it they may be more than with it: that is as if the other role were given.
    _check_gives(held, slug, member.person.role)
    memberships.drop_member(act.connection, slug, person_id)
    act.note(f"no longer {member.role} in {slug}", member.person.name)


def invite(act: Act, slug: str, label: str, lasting: timedelta) -> Invitation:
    """A link by which one person files there without an account.

    :raises Conflict: the coverage has too many that are open.
    """
    made = invitations.make(act.connection, slug, label, act.secret, act.now, lasting)
    act.note(f"invited to {slug}", label)
    return made


def revoke(act: Act, slug: str, invitation_id: str) -> None:
    """End an invitation, and the part of who came by it."""
    ended = invitations.revoke(act.connection, slug, invitation_id, act.now)
    act.note(f"invitation to {slug} revoked", ended.label)


def _present(act: Act, slug: str, person_id: str) -> Role:
    try:
        return memberships.read(act.connection, slug, person_id, act.now).role
    except NotFound:
        return people.read(act.connection, person_id).role


def _check_gives(held: Grant, slug: str, role: Role) -> None:
    if not may_give(held.role_in(slug), role):
        raise NotAllowed(
            "You can't decide on this role: it is more than you are here. Ask an administrator."
        )
