"""What the API can do with people: who is signed in, accounts, members, invitations, the audit."""

from dateline.auth.audit import KINDS
from dateline.web.api import audit, members, people
from dateline.web.api.incoming import MOST_SEQ
from dateline.web.api.me import MeAnswer
from dateline.web.api.operation import Operation

_M = "/api/coverages/{slug}/members"
_V = "/api/coverages/{slug}/invitations"
OF_PEOPLE = (
    Operation("get", "/api/me", "Who is signed in", MeAnswer, is_for_desk=True),
    Operation("get", "/api/people", "List the people", people.PeopleAnswer, is_for_desk=True),
    Operation(
        "post",
        "/api/people",
        "Let somebody in",
        people.NewPersonAnswer,
        people.AddPerson,
        201,
    ),
    Operation(
        "patch",
        "/api/people/{person_id}",
        "Change or close an account",
        people.PersonAnswer,
        people.ChangePerson,
    ),
    Operation(
        "post",
        "/api/people/{person_id}/reset",
        "Make a link for a new password",
        people.LinkAnswer,
        is_for_desk=True,
    ),
    Operation(
        "post",
        "/api/people/{person_id}/sign-out",
        "Sign somebody out everywhere",
        None,
        status=204,
        is_for_desk=True,
    ),
    Operation(
        "get",
        "/api/audit",
        "Read the audit trail",
        audit.AuditAnswer,
        query=(("before", 0, MOST_SEQ), ("limit", 1, audit.MOST)),
        words=("person",),
        choices=(("kind", KINDS),),
        is_for_desk=True,
    ),
    Operation("get", _M, "List the members", members.MembersAnswer, is_for_desk=True),
    Operation(
        "get", f"{_M}/{{person_id}}", "Read a member", members.MemberAnswer, is_for_desk=True
    ),
    Operation(
        "put",
        f"{_M}/{{person_id}}",
        "Give somebody a role here",
        members.MemberAnswer,
        members.SetMember,
    ),
    Operation("delete", f"{_M}/{{person_id}}", "Take it away", None, status=204, is_for_desk=True),
    Operation("get", _V, "List the invitations", members.InvitationsAnswer, is_for_desk=True),
    Operation(
        "post",
        _V,
        "Invite somebody without an account",
        members.NewInvitationAnswer,
        members.Invite,
        201,
    ),
    Operation(
        "delete", f"{_V}/{{invitation}}", "Revoke an invitation", None, status=204, is_for_desk=True
    ),
)
