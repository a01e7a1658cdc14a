"""The table of rights: what it says, and what nobody may change by accident."""

import pytest

from dateline.domain.rights import (
    ACTIONS,
    HOUSE,
    RIGHTS,
    ROLES,
    TRUSTED,
    Action,
    Role,
    allows,
    may_give,
    role_in,
)


def test_an_administrator_may_everything() -> None:
    """With their own and with others'."""
    for action in ACTIONS:
        assert allows("administrator", action)


def test_only_an_administrator_has_the_house() -> None:
    """Accounts and the audit trail are nobody else's."""
    for role in ROLES:
        for action in ("people", "audit"):
            assert allows(role, action) == (role == "administrator")


def test_a_stranger_may_nothing() -> None:
    """Nor who has no part in a coverage."""
    assert not any(allows(None, action, own=True, trusted=True) for action in ACTIONS)


@pytest.mark.parametrize("role", ["reporter", "contributor", "viewer"])
def test_who_files_does_not_publish(role: Role) -> None:
    """Nothing that readers see comes from a role that files, unless the coverage trusts it."""
    for action in ("publish", "revise", "correct", "withdraw", "redact", "mark", "run", "review"):
        assert not allows(role, action, own=True)  # type: ignore[arg-type]


def test_a_trusted_reporter() -> None:
    """Publishes, and changes what they published; takes nothing down, and nobody else's."""
    for action in ACTIONS:
        if action in TRUSTED:
            assert allows("reporter", action, own=True, trusted=True)
            assert not allows("reporter", action, own=False, trusted=True)
            assert not allows("contributor", action, own=True, trusted=True)
    assert not allows("reporter", "redact", own=True, trusted=True)


def test_own_is_never_less_than_others() -> None:
    """Who may do it with anybody's, may do it with their own."""
    for role in ROLES:
        for action in ACTIONS:
            assert allows(role, action, own=True) >= allows(role, action, own=False)
            assert allows(role, action, trusted=True) >= allows(role, action)


def test_a_role_in_a_coverage() -> None:
    """It counts instead of the house's, higher or lower. Nobody shuts an administrator out, and
    a contributor is nowhere but where they were invited."""
    assert role_in("reporter", "editor") == "editor"
    assert role_in("editor", "viewer") == "viewer"
    assert role_in("administrator", "viewer") == "administrator"
    assert role_in("editor", None) == "editor"
    assert role_in("contributor", None) is None
    assert role_in("contributor", "contributor") == "contributor"


def test_nobody_gives_more_than_they_have() -> None:
    """Else an editor would make administrators."""
    assert may_give("editor", "editor")
    assert not may_give("editor", "administrator")
    assert not may_give(None, "viewer")
    for role in ROLES:
        assert may_give("administrator", role)


def test_the_table_is_whole() -> None:
    """Each role has its row, each action is somebody's, and each house action an action."""
    assert set(RIGHTS) == set(ROLES)
    named: set[Action] = set()
    for row in RIGHTS.values():
        named |= set(row)
    assert named == set(ACTIONS)
    assert set(ACTIONS) > HOUSE
